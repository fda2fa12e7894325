// C09 (L10) What is returned is the result.
// result: {"from":"return"}

export const meta = { name: "c09", description: "Has a result, or not." };

return { from: "return" };
