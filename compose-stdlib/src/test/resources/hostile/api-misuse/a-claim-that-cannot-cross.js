// expect: finished ["bad_argument","bad_argument","bad_argument","bad_argument"]
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
const circle = {};
circle.self = circle;
const told = (act) => act().then(() => "passed", (e) => e.code);
return [
  await told(() => verify(circle)), await told(() => judgePanel([{ f() {} }])),
  await told(() => completenessCheck("t", 1n)), await told(() => completenessCheck(Symbol("s"), [])),
];
