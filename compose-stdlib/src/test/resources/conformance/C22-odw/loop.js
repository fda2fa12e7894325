// C22 (L67) In odw `loop` goes over a state until a round is done.
// dialect: odw
// asks: count-round1-1 @ o0
// asks: count-round2-1 @ o1
// asks: count-round3-1 @ o2
// trial: done
// args: 3
// result: {"ok":true,"status":"succeeded","label":"count","roundsCompleted":3,"finalState":{"n":3}}
// trial: never done
// args: 9
// result: {"ok":false,"status":"max_rounds","label":"count","roundsCompleted":3,"finalState":{"n":3},"error":{"code":"max_rounds","message":"loop: \"count\" was not done after 3 rounds"}}

export const meta = { name: "c22", description: "Counts by asking." };

return loop({
  label: "count",
  initialState: { n: 0 },
  run: async (state, { agent, agentId }) => {
    await agent({ id: agentId(), prompt: `Count on from ${state.n}.` });
    return { done: state.n + 1 === args, nextState: { n: state.n + 1 } };
  },
  options: { maxRounds: 3, failureMode: "settled" },
});
