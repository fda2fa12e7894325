// expect: finished [["a"],[1,"1"],1,"boom"]
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
const once = (items, key) => loopUntilDry({ round: (i) => (i === 0 ? items : []), key });
const circular = {};
return [
  await once(["a", "b"], () => NaN), await once([1, "1"], (item) => item),
  (await once([{}, {}, {}], (item) => ({}).x)).length,
  await once(["a"], () => { throw new Error("boom"); }).catch((e) => e.message),
];
