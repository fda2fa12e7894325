// C04 (L6) A known key of a wrong type is refused.
// refused: script_invalid: meta.phases must be an array; found "Find"

export const meta = { name: "c04", description: "d", phases: "Find" };
