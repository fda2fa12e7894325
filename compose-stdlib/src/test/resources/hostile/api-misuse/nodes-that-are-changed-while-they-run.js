// expect: finished [["a","b","c"],["a","b","c"]]
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
const nodes = [{ id: "a" }, { id: "b", dependsOn: ["a"] }, { id: "c", dependsOn: ["b"] }];
const ran = [];
const done = await dag(nodes, (node) => {
  ran.push(node.id);
  nodes.length = 0;
  node.dependsOn?.push("nowhere");
  node.id = "changed";
  return 1;
});
return [ran, done.map((node) => node.id)];
