// C03 (L5) `meta` is read, never evaluated: this call says nothing.
// refused: script_invalid at 4:49: SyntaxError: `meta` must be a pure literal, but here stands the name `log`

export const meta = { name: "c03", description: log("called") };
