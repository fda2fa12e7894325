// expect: finished ["__proto__","constructor","then","toString"]
// asks: 0
export const meta = {name: 'hostile', description: 'an attack'};
const tasks = JSON.parse('{"__proto__": 1, "constructor": 1, "then": 1, "toString": 1}');
for (const key of Object.keys(tasks)) Object.defineProperty(tasks, key, { value: () => key });
const { promise, resolve } = Promise.withResolvers();
parallel(tasks).then(() => 0, () => 0);
const kept = await Promise.all(Object.keys(tasks).map((key) => parallel([() => tasks[key]()])));
return kept.flat().sort();
