// C02 (L4) What is no literal is refused where it stands.
// refused: script_invalid at 4:55: SyntaxError: `meta` must be a pure literal, but `f` is a function

export const meta = { name: "c02", description: "d", f() {} };

log("This never runs.");
