// expect: finished ["bad_argument"]
// asks: 0
export const meta = {name: 'hostile', description: 'an attack'};
const codes = [];
const refused = async (attack) => {
  try { const got = await attack(); codes.push("passed " + typeof got); } catch (e) { codes.push(e.code ?? e.name); }
};
for (const options of [1, "x", true, () => 1, { label: 1 }, { label: "" }, { phase: {} }, { model: ["m"] }, { schema: "s" }, { schema: [] },
  { timeoutMs: 0 }, { timeoutMs: -1 }, { timeoutMs: NaN }, { timeoutMs: Infinity }, { timeoutMs: "5" }, { timeoutMs: 1.5 }, { label: null }]) {
  await refused(() => agent("p", options));
}
return [...new Set(codes)];
