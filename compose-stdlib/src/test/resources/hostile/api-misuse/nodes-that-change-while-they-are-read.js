// expect: finished [["a","b"],["b after a"]]
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
let reads = 0;
const shifty = { get id() { return ["a", "evil", "worse"][reads++] ?? "end"; }, dependsOn: [] };
const order = [];
const done = await dag([shifty, { id: "b", dependsOn: ["a"] }], (node, deps) => {
  order.push(...deps.map((dep) => `b after ${dep.id}`));
  return 1;
});
return [done.map((node) => node.id), order];
