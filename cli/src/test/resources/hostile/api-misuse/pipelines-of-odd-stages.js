// expect: finished ["bad_argument","bad_argument","bad_argument","bad_argument"]
// asks: 0
export const meta = {name: 'hostile', description: 'an attack'};
const codes = [];
const refused = async (attack) => {
  try { const got = await attack(); codes.push("passed " + typeof got); } catch (e) { codes.push(e.code ?? e.name); }
};
await refused(() => pipeline([1], 1));
await refused(() => pipeline([1], () => 1, "x"));
await refused(() => pipeline("ab", () => 1));
await refused(() => pipeline({ length: 1, 0: 1 }, () => 1));
return codes;
