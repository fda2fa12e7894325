// expect: finished ["bad_argument","bad_argument","bad_argument","bad_argument","[1]"]
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
const s = Symbol("s");
const told = async (act) => { try { return JSON.stringify(await act()); } catch (e) { return e.code ?? e.name; } };
return [
  await told(() => agent(s)), await told(() => agent("p", { label: s })),
  await told(() => dag([{ id: s }], () => 1)), await told(async () => phase(s)),
  await told(() => parallel({ [s]: () => 2, a: () => 1 }).then((all) => [all.a])),
];
