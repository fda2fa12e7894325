// expect: finished ["bad_argument","bad_argument","bad_argument","bad_argument","schema_invalid","schema_invalid","schema_invalid","schema_invalid"]
// asks: 0
export const meta = {name: 'hostile', description: 'an attack'};
const codes = [];
const refused = async (attack) => {
  try { const got = await attack(); codes.push("passed " + typeof got); } catch (e) { codes.push(e.code ?? e.name); }
};
const cycle = { type: "object" }; cycle.properties = { cycle };
for (const schema of [cycle, { type: () => 1 }, { get type() { return "object"; }, properties: 1n }, { enum: [Symbol()] },
  { type: "nothing" }, { enum: [] }, { $ref: "http://127.0.0.1:1/remote" }, { pattern: "(" }]) {
  await refused(() => agent("p", { schema }));
}
return codes;
