// C09 (L10) `export default` sets the result.
// result: {"from":"default","answer":42}

export const meta = { name: "c09", description: "Has a result, or not." };

const answer = 6 * 7;
export default { from: "default", answer };
