// expect: failed deadlock
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
// A judge that never answers keeps its panel waiting: nothing of the panel's may go on without it.
const candidates = ["one", "two"];
const { promise } = Promise.withResolvers();
candidates.push(await promise);
await judgePanel(candidates);
