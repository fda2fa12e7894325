// Describes the parts of a project in the order in which they build on each other: who describes a
// part gets to read what was said about those below it.
export const meta = {
  name: "architecture-map",
  description: "Describes the parts of a project, from the ground up.",
  phases: [{ title: "Find parts" }, { title: "Describe" }],
};

phase("Find parts");
const PARTS = {
  type: "array",
  minItems: 1,
  items: {
    type: "object",
    properties: {
      id: { type: "string", pattern: "^[a-z-]+$" },
      dependsOn: { type: "array", items: { type: "string" } },
    },
    required: ["id", "dependsOn"],
  },
};
const found = await agent("Which parts has this project, and which build on which?", {
  label: "find parts",
  schema: PARTS,
});
if (found === null) return null;
// An agent may name parts it did not list, or itself.
const ids = new Set(found.map((part) => part.id));
const parts = [...ids].map((id) => ({
  id,
  dependsOn: [
    ...new Set(
      found.filter((part) => part.id === id).flatMap((part) => part.dependsOn),
    ).difference(new Set([id])),
  ].filter((need) => ids.has(need)),
}));

phase("Describe");
const describe = (id, known = "") =>
  agent(`Describe the part "${id}" in two sentences.\n${known}`, { label: `describe ${id}` });
let described;
try {
  described = await dag(parts, ({ id }, below) =>
    describe(id, below.map((part) => `${part.id}: ${part.result}`).join("\n")),
  );
} catch (e) {
  if (e.code !== "bad_argument") throw e;
  log(`no order from the ground up: ${e.message}`);
  described = await parallel(
    parts.map(({ id }) => async () => ({ id, result: await describe(id) })),
  );
}
const section = ({ id, result }) => `## ${id}\n\n${result ?? "(nobody described it)"}`;
return described.map(section).join("\n\n");
