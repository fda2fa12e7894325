// C02 (L4) What is no literal is refused where it stands.
// refused: script_invalid at 4:54: SyntaxError: `meta` must be a pure literal, but here stands a computed key

export const meta = { name: "c02", description: "d", ["k"]: 1 };

log("This never runs.");
