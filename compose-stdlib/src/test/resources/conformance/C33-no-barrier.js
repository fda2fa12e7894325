// C33 (L42) A fast item is in its third stage while a slow one is in its first.
// order: newest first
// asks: slow, stage 1 @ l0.0
// asks: fast, stage 1 @ l1.0
// asks: fast, stage 2 @ l1.1
// asks: fast, stage 3 @ l1.2
// asks: slow, stage 2 @ l0.1
// asks: slow, stage 3 @ l0.2
// result: ["slow, stage 3","fast, stage 3"]

export const meta = { name: "c33", description: "Sends two items through three stages." };

const stage = (number) => (_, item) => agent("Go on.", { label: `${item}, stage ${number}` });
return pipeline(["slow", "fast"], stage(1), stage(2), stage(3));
