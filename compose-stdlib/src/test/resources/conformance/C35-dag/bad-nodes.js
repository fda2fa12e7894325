// C35 (L43) Bad nodes are refused before anything starts, and a cycle is told with its ids.
// result: ["bad_argument: dag: the id of node 0 must be a non-empty string","bad_argument: dag: two nodes have the id \"a\"","bad_argument: dag: \"a\" depends on itself","bad_argument: dag: \"a\" depends on \"b\", which no node is called","bad_argument: dag: a cycle: a -> c -> b -> a","bad_argument: dag: nodes must be an array",[]]

export const meta = { name: "c35", description: "Names nodes badly." };

const started = [];
const told = async (nodes) => {
  try {
    await dag(nodes, (node) => started.push(node.id));
    return "nothing";
  } catch (e) {
    return `${e.code}: ${e.message}`;
  }
};
const node = (id, ...dependsOn) => ({ id, dependsOn });
return [
  await told([{ name: "a" }]),
  await told([node("a"), node("a")]),
  await told([node("a", "a")]),
  await told([node("a", "b")]),
  await told([node("x"), node("a", "c"), node("b", "a"), node("c", "b")]),
  await told("nodes"),
  started,
];
