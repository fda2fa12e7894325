// C09 (L10) So is any other export.
// refused: script_invalid at 6:1: SyntaxError: only `export const meta` and `export default` may be exported

export const meta = { name: "c09", description: "Has a result, or not." };

export const answer = 42;
