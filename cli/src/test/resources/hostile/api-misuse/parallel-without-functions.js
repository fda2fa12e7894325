// expect: finished ["bad_argument",0]
// asks: 0
export const meta = {name: 'hostile', description: 'an attack'};
const codes = [];
const refused = async (attack) => {
  try { const got = await attack(); codes.push("passed " + typeof got); } catch (e) { codes.push(e.code ?? e.name); }
};
let started = 0;
const start = () => { started++; };
for (const tasks of [undefined, null, 1, "x", [start, 1], [start, Promise.resolve(1)], { a: start, b: {} }, [start, , start], [start, agent]] ) {
  if (Array.isArray(tasks) && tasks[1] === agent) continue;
  await refused(() => parallel(tasks));
}
return [[...new Set(codes)].join(), started];
