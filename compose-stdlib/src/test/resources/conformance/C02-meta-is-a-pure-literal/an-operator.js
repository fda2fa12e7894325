// C02 (L4) What is no literal is refused where it stands.
// refused: script_invalid at 4:53: SyntaxError: `meta` must be a pure literal, but here stands the operator `+`

export const meta = { name: "c02", description: "a" + "b" };

log("This never runs.");
