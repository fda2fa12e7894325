// C65 (L126, L127) `export default` of a promise gives what it resolves to.
// asks: later
// result: "later"

export const meta = { name: "c65", description: "Is written as people write." };

export default (async () => agent("later"))();
