// C03 (L5) Nor does a getter.
// refused: script_invalid at 4:40: SyntaxError: `meta` must be a pure literal, but here stands an accessor (`get`)

export const meta = { name: "c03", get description() { log("asked"); return "d"; } };
