// expect: finished ["__proto__","constructor","then","losses","toString"]
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
const tasks = JSON.parse('{"__proto__":0,"constructor":0,"losses":0,"toString":0}');
for (const key of Object.keys(tasks)) Object.defineProperty(tasks, key, { value: () => key });
const all = await parallel(tasks);
const kept = Object.keys(all).map((key) => Object.getOwnPropertyDescriptor(all, key).value);
return ["__proto__", "constructor", "then", "losses", "toString"].map((key) =>
  key === "then" ? (typeof all.then === "undefined" ? "then" : "leak") : kept.includes(key) ? key : "lost");
