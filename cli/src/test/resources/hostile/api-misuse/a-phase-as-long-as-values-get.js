// expect: finished ["value_too_large"]
// asks: 0
export const meta = {name: 'hostile', description: 'an attack'};
const codes = [];
const refused = async (attack) => {
  try { const got = await attack(); codes.push("passed " + typeof got); } catch (e) { codes.push(e.code ?? e.name); }
};
await refused(async () => {
  phase("x".repeat(4 * 1024 * 1024 - 100));
  await agent("y".repeat(1024 * 1024));
});
return codes;
