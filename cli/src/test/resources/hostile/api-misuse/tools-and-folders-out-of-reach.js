// expect: finished ["workflow_unknown","bad_argument","passed string","path_escape"]
// asks: 1
export const meta = {name: 'hostile', description: 'an attack'};
const codes = [];
const refused = async (attack) => {
  try { const got = await attack(); codes.push("passed " + typeof got); } catch (e) { codes.push(e.code ?? e.name); }
};
await refused(() => workflow("x"));
await refused(() => tool("bash", { command: "id" }));
await refused(() => agent("p", { tools: ["bash"] }));
await refused(() => agent("p", { cwd: ".." }));
return [...new Set(codes)];
