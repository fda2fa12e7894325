// C09 (L10) A later `return` of a value wins.
// result: "return"

export const meta = { name: "c09", description: "Has a result, or not." };

export default "default";
return "return";
