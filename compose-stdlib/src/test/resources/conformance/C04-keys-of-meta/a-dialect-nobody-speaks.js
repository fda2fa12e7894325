// C04 (L6) A known key of a wrong type is refused.
// refused: script_invalid: meta.dialect must be "claude", "mimocode" or "odw"; found "latin"

export const meta = { name: "c04", description: "d", dialect: "latin" };
