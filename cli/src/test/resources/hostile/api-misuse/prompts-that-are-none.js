// expect: finished ["bad_argument"]
// asks: 0
export const meta = {name: 'hostile', description: 'an attack'};
const codes = [];
const refused = async (attack) => {
  try { const got = await attack(); codes.push("passed " + typeof got); } catch (e) { codes.push(e.code ?? e.name); }
};
for (const prompt of [undefined, null, "", "  ", 1, true, 1n, Symbol(), {}, [], () => "p", new String("p")]) {
  await refused(() => agent(prompt));
}
return [...new Set(codes)];
