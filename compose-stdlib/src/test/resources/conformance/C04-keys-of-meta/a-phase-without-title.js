// C04 (L6) A known key of a wrong type is refused.
// refused: script_invalid: meta.phases must be strings, or objects with a title; found {"detail":"x"}

export const meta = { name: "c04", description: "d", phases: ["Find", { detail: "x" }] };
