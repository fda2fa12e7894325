// C09 (L10) A second default is an error.
// refused: script_invalid at 7:1: SyntaxError: a script has at most one `export default`

export const meta = { name: "c09", description: "Has a result, or not." };

export default 1;
export default 2;
