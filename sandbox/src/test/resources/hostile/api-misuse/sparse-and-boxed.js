// expect: finished null
export const meta = {name: 'hostile', description: 'an attack'};
agent([, 1, , new String("s"), Object(1), Object(true)]);
agent(new Date(0), new Date(NaN), new Map([[1, 2]]), new Set([1]), /x/, new Uint8Array(3));
return null;
