// loopUntilDry({round, …}): goes on until some rounds in a row bring nothing new (L65).

const { checks, losses } = wf;

// These say that there will be no more, and what was found so far is worth having.
const ENDS = ["budget_exhausted", "agent_cap"];

function identity(item) {
  return typeof item === "string" ? item : JSON.stringify(wf.copy(item));
}

// The items of one round; undefined where the run can afford no more.
async function attempt(round, index) {
  const strand = losses.open();
  try {
    const items = await losses.enter(wf.within, `u${index}`, strand, async () => round(index));
    return Array.isArray(items) ? items : [];
  } catch (fault) {
    if (!ENDS.includes(losses.reasonOf(fault))) throw fault;
    losses.lose(strand, `loopUntilDry round ${index + 1}`, fault);
    return undefined;
  }
}

wf.define("loopUntilDry", async function loopUntilDry(options) {
  const { round, key = identity, ...counts } = checks.options("loopUntilDry", options);
  checks.functionIn("loopUntilDry", "round", round);
  checks.functionIn("loopUntilDry", "key", key);
  const patience = checks.count("loopUntilDry", "consecutiveEmpty", counts.consecutiveEmpty, 2);
  const rounds = checks.count("loopUntilDry", "maxRounds", counts.maxRounds, 50);
  const found = new Map();
  for (let index = 0, empty = 0; index < rounds && empty < patience; index++) {
    const items = await attempt(round, index);
    if (items === undefined) break;
    const before = found.size;
    for (let i = 0; i < items.length; i++) {
      // A slot that was lost is nothing found.
      if (items[i] === null || items[i] === undefined) continue;
      const name = key(items[i]);
      if (!found.has(name)) found.set(name, items[i]);
    }
    empty = found.size === before ? empty + 1 : 0;
  }
  return [...found.values()];
});
