// C02 (L4) What is no literal is refused where it stands.
// refused: script_invalid at 4:54: SyntaxError: `meta` must be a pure literal, but here stands a spread

export const meta = { name: "c02", description: "d", ...more };

log("This never runs.");
