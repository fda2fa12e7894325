export const meta: WorkflowMeta = { name: "stages", description: "odw", dialect: "odw" };

const end = await loop({
  initialState: { n: 0 },
  run: async (state, ctx) => {
    ctx.log(ctx.agentId("x"));
    return { done: state.n > 2, nextState: { n: state.n + 1 } };
  },
  options: { maxRounds: 5, failureMode: "settled" },
});
context.set("end", end);
const record = await agent<{ ok: boolean; text: string }>("hello");
export default record?.ok;
