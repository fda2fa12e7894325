// C04 (L6) A known key of a wrong type is refused.
// refused: script_invalid: meta.name must be a non-empty string; found "  "

export const meta = { name: "  ", description: "d" };
