// expect: finished 300
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
const ids = Array.from({ length: 300 }, (_, i) => `n${i}`);
const nodes = ids.map((id, i) => ({ id, dependsOn: ids.slice(0, i) }));
const done = await dag(nodes, (_, deps) => deps.length);
return done.filter((node, i) => node.result === i).length;
