// C19 (L23) Call 1,001 is refused, or answered with null and one warning.
// asks: 1000 agents
// trial: claude
// dialect: claude
// result: [1000,0,["agent_cap"]]
// trial: odw
// dialect: odw
// result: [1000,0,["agent_cap"]]
// trial: mimocode
// dialect: mimocode
// says: warning: the run has started its 1000 agents; raise --max-agents; agent() gives null from here on
// loses: q1000 agent_cap
// loses: q1001 agent_cap
// result: [1000,2,[]]

export const meta = { name: "c19", description: "Asks once more than it may." };

const codes = new Set();
const ask = (_, i) => agent("q", { label: `q${i}` }).catch((e) => (codes.add(e.code), undefined));
const answers = await Promise.all(Array.from({ length: 1002 }, ask));
return [
  answers.filter(Boolean).length, answers.filter((a) => a === null).length, [...codes],
];
