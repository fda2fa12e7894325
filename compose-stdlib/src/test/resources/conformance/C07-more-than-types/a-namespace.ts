// C07 (L3) What is more than a type is refused by its name.
// refused: type_not_erasable at 6:1: SyntaxError: `namespace` is more than a type: write an object, or import a file

export const meta = { name: "c07", description: "Wants more than types." };

namespace inner { export const a = 1; }
