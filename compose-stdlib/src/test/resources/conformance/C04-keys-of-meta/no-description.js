// C04 (L6) A known key of a wrong type is refused.
// refused: script_invalid: meta.description must be a non-empty string; found none

export const meta = { name: "c04" };
