// C35 (L43) A node starts as soon as its own dependencies have ended, not when all others have.
// order: newest first
// asks: slow @ dslow
// asks: quick @ dquick
// asks: after quick @ dafter quick
// asks: after both @ dafter both
// result: [["slow",[]],["quick",[]],["after quick",["quick"]],["after both",["slow","after quick"]]]

export const meta = { name: "c35", description: "Builds in the order of need." };

const nodes = [
  { id: "after both", dependsOn: ["slow", "after quick"] },
  { id: "slow" },
  { id: "quick" },
  { id: "after quick", dependsOn: ["quick"] },
];
const done = await dag(nodes, async ({ id }, deps) => {
  await agent("Build it.", { label: id });
  return deps.map((dep) => dep.id);
});
const order = ["slow", "quick", "after quick", "after both"];
return order.map((id) => [id, done.find((node) => node.id === id).result]);
