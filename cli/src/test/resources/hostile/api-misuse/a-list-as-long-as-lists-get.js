// expect: finished ["list_cap","list_cap","list_cap"]
// asks: 0
export const meta = {name: 'hostile', description: 'an attack'};
const codes = [];
const refused = async (attack) => {
  try { const got = await attack(); codes.push("passed " + typeof got); } catch (e) { codes.push(e.code ?? e.name); }
};
await refused(() => parallel(new Array(2 ** 32 - 1)));
await refused(() => pipeline(new Array(2 ** 32 - 1), () => 1));
await refused(() => parallel(new Array(4097).fill(() => agent("p"))));
return codes;
