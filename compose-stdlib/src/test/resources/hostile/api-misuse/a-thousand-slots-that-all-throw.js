// expect: finished [1000,1000]
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
const all = await parallel(Array.from({ length: 1000 }, (_, i) => () => { throw new Error(`e${i}`); }));
return [all.length, all.losses.length];
