// C07 (L3) What is more than a type is refused by its name.
// refused: type_not_erasable at 6:1: SyntaxError: a decorator is more than a type: call its function

export const meta = { name: "c07", description: "Wants more than types." };

@sealed class A {}
