// C05 (L9) The body is a whole program of its own: what only a wrapper would make legal is not.
// refused: script_invalid at 6:11: SyntaxError: Expected an operand but found error

export const meta = { name: "c05", description: "Tries to leave the function it runs in." };

return 1; /* everything behind is lost
