// C05 (L9) The body is a whole program of its own: what only a wrapper would make legal is not.
// refused: script_invalid at 6:1: SyntaxError: Expected eof but found }

export const meta = { name: "c05", description: "Tries to leave the function it runs in." };

} log("out"); {
