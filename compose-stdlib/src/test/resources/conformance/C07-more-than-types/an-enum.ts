// C07 (L3) What is more than a type is refused by its name.
// refused: type_not_erasable at 6:1: SyntaxError: `enum` is more than a type: write an object with `as const`

export const meta = { name: "c07", description: "Wants more than types." };

enum Colour { Red, Green }
