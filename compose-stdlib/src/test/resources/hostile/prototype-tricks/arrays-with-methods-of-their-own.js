// expect: finished [[2,3],["a"],[["x","y"]],[1]]
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
const no = () => { throw new Error("not yours"); };
const armed = (list) => {
  const names = ["map", "filter", "forEach", "reduce", "slice", "entries", Symbol.iterator];
  for (const name of names) Object.defineProperty(list, name, { value: no });
  return list;
};
return [
  [...(await pipeline(armed([1, 2]), (n) => n + 1))],
  [...(await parallel(armed([() => "a"])))],
  (await dag(armed([{ id: "x", dependsOn: armed([]) }]), () => "y")).map((n) => [n.id, n.result]),
  await loopUntilDry({ round: (i) => armed(i === 0 ? [1] : []) }),
];
