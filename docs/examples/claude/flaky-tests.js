// Runs the same question several times and counts how often the answer changes. Between rounds it
// waits, with a `sleep` of its own as scripts have it.
export const meta = {
  name: "flaky-tests",
  description: "Finds tests whose outcome changes from run to run.",
  phases: ["Repeat"],
};

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const rounds = Number(args?.rounds ?? 3);
const OUTCOME = {
  type: "object",
  properties: { passed: { type: "array", items: { type: "string" } } },
  required: ["passed"],
};

phase("Repeat");
const outcomes = [];
for (let round = 0; round < rounds; round++) {
  if (round > 0) await sleep(1000 * 2 ** round);
  const outcome = await agent("Run the tests. Which of them passed?", {
    label: `round ${round + 1}`,
    schema: OUTCOME,
  });
  if (outcome !== null) outcomes.push(new Set(outcome.passed));
}

const every = outcomes.reduce((all, outcome) => all.union(outcome), new Set());
const steady = outcomes.reduce((all, outcome) => all.intersection(outcome), every);
return { rounds: outcomes.length, flaky: [...every.difference(steady)].sort() };
