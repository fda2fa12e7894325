// C22 (L29, L67) In odw the stages of a pipeline may be objects, with a context beside the value.
// dialect: odw
// order: newest first
// asks: item0-draft-1 @ l0.0
// asks: item1-draft-1 @ l1.0
// asks: item1-check-1 @ l1.1
// asks: item0-check-1 @ l0.1
// result: ["item0-check-1","item1-check-1"]

export const meta = { name: "c22", description: "Sends two items through two named stages." };

const ask = (title) => async (value, { agent, agentId }) =>
  (await agent({ id: agentId(), prompt: `${title} ${value}` })).text;
return pipeline(
  ["one", "two"],
  [{ name: "draft", run: ask("Draft") }, { name: "check", run: ask("Check"), concurrency: 1 }],
  { strategy: "item-streaming", concurrency: 4 },
);
