// C37 (L99) The agents of all scripts of a run count together.
// agents: 3
// asks: one
// asks: two
// asks: asking
// enters: asking › Ask
// asks: three @ w:asking/p0 in asking › Ask
// result: {"own":["one","two"],"other":["three","agent_cap"],"last":"agent_cap"}

export const meta = { name: "c37", description: "Asks with another script's help." };

const own = [await agent("one"), await agent("two")];
const other = await workflow("asking", { questions: ["three", "four"] });
return { own, other, last: await agent("five").catch((e) => e.code) };
