// C02 (L4) What is no literal is refused where it stands.
// refused: script_invalid at 4:59: SyntaxError: `meta` must be a pure literal, but here stands the name `tags`

export const meta = { name: "c02", description: "d", tags };

log("This never runs.");
