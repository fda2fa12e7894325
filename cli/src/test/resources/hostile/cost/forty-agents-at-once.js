// expect: finished true
// asks: <=21
// budget: 50
export const meta = {name: 'hostile', description: 'an attack'};
const all = await parallel(Array.from({ length: 40 }, (_, i) => () => agent("p" + i)));
return all.filter((one) => one !== null).length <= 16 + 5;
