// C07 (L3) In a file that is not TypeScript types are a syntax error.
// refused: script_invalid at 6:8: SyntaxError: Missing assignment to constant "n"

export const meta = { name: "c07", description: "Has types where none are taken." };

const n: number = 1;
