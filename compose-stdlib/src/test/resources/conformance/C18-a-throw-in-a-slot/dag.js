// C18 (L22, L43) A node that throws is null and its dependents do not run, or all is rejected.
// trial: claude
// dialect: claude
// says: lost dag[build]: no compiler
// says: lost dag[test]: it depends on "build"
// loses: dag[build] thrown
// result: [["lint","clean"],["build",null],["test",null]]
// trial: mimocode
// dialect: mimocode
// result: "no compiler"

export const meta = { name: "c18", description: "Breaks one of three nodes." };

const work = {
  lint: () => "clean",
  build: () => { throw new Error("no compiler"); },
  test: () => "green",
};
const nodes = [{ id: "lint" }, { id: "build" }, { id: "test", dependsOn: ["build"] }];
try {
  const done = await dag(nodes, ({ id }) => work[id]());
  return done.map(({ id, result }) => [id, result]);
} catch (e) {
  return e.message;
}
