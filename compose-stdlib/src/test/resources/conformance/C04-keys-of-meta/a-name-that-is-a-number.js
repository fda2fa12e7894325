// C04 (L6) A known key of a wrong type is refused.
// refused: script_invalid: meta.name must be a string; found 4

export const meta = { name: 4, description: "d" };
