// C09 (L10) A `return` of nothing does not.
// result: "default"

export const meta = { name: "c09", description: "Has a result, or not." };

export default "default";
return;
