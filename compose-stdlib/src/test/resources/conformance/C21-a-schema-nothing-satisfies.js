// C21 (L25) A schema that five attempts do not satisfy rejects, or gives null as a loss.
// answers: shape: !schema_exhausted
// asks: other
// asks: shape
// trial: claude
// dialect: claude
// result: ["other","WorkflowError schema_exhausted"]
// trial: odw
// dialect: odw
// result: [{"ok":true,"status":"succeeded","text":"other","json":null},"WorkflowError schema_exhausted"]
// trial: mimocode
// dialect: mimocode
// loses: shape schema_exhausted
// result: ["other",null]

export const meta = { name: "c21", description: "Asks for a shape it does not get." };

const other = await agent("Anything.", { label: "other" });
const schema = { type: "object", properties: { n: { type: "integer" } }, required: ["n"] };
try {
  return [other, await agent("A number.", { label: "shape", schema })];
} catch (e) {
  return [other, `${e.name} ${e.code}`];
}
