// C04 (L6) A known key of a wrong type is refused.
// refused: script_invalid: meta.budget must be a number of tokens, or a text such as "200k" or "1.5usd"; found 0

export const meta = { name: "c04", description: "d", budget: 0 };
