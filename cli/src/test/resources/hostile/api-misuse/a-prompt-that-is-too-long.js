// expect: finished ["value_too_large","value_too_large"]
// asks: 0
export const meta = {name: 'hostile', description: 'an attack'};
const codes = [];
const refused = async (attack) => {
  try { const got = await attack(); codes.push("passed " + typeof got); } catch (e) { codes.push(e.code ?? e.name); }
};
await refused(() => agent("x".repeat(4 * 1024 * 1024 + 1)));
await refused(() => agent("p", { label: "x".repeat(4 * 1024 * 1024 + 1) }));
return codes;
