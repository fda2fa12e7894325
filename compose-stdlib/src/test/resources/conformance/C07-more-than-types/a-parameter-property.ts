// C07 (L3) What is more than a type is refused by its name.
// refused: type_not_erasable at 6:23: SyntaxError: a parameter property (`private`) is more than a type: declare a field and assign it

export const meta = { name: "c07", description: "Wants more than types." };

class A { constructor(private a: string) {} }
