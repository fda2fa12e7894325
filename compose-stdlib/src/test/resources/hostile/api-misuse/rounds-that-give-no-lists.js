// expect: finished [0,0,0,0]
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
const told = async (given) => (await loopUntilDry({ round: () => given, maxRounds: 3 })).length;
return [
  await told("abc"), await told({ length: 3, 0: 1 }), await told(new Set([1])), await told(undefined),
];
