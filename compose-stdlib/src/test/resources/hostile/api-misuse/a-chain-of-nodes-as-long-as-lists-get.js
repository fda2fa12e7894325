// expect: finished [4096,4095]
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
const nodes = Array.from({ length: 4096 }, (_, i) => ({ id: `n${i}`, dependsOn: i === 0 ? [] : [`n${i - 1}`] }));
const done = await dag(nodes, ({ id }, deps) => (deps[0]?.result ?? -1) + 1);
return [done.length, done.at(-1).result];
