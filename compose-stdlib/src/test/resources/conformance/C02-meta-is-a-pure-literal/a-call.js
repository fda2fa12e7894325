// C02 (L4) What is no literal is refused where it stands.
// refused: script_invalid at 4:49: SyntaxError: `meta` must be a pure literal, but here stands the name `describe`

export const meta = { name: "c02", description: describe() };

log("This never runs.");
