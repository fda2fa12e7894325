// Writes, lets somebody judge, writes again: a loop over a state, which ends with a record whatever
// happens.
export const meta = {
  name: "refine-loop",
  description: "Refines a text until its judge is content.",
  dialect: "odw",
  phases: ["Write", "Judge"],
};

const JUDGED = {
  type: "object",
  properties: { good: { type: "boolean" }, advice: { type: "string" } },
  required: ["good", "advice"],
};

return loop({
  label: "refine",
  initialState: { text: args?.text ?? "", advice: [] },
  run: async (state, { agent, agentId, roundNumber, log }) => {
    const written = await agent({
      id: agentId("write"),
      prompt: `Improve this. Advice so far: ${state.advice.join("; ") || "none"}\n${state.text}`,
      phase: "Write",
    });
    if (!written.ok) throw new Error(`round ${roundNumber}: ${written.status}`);
    const judged = await agent({
      id: agentId("judge"),
      prompt: `Is this good?\n${written.text}`,
      phase: "Judge",
      schema: JUDGED,
    });
    const { good, advice } = judged.json ?? { good: false, advice: "nobody judged" };
    log(`round ${roundNumber}: ${good ? "good" : advice}`);
    return { done: good, nextState: { text: written.text, advice: [...state.advice, advice] } };
  },
  options: { maxRounds: 3, failureMode: "settled" },
});
