// expect: finished [[1,2],true,false,0]
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
let made = 0;
class Evil extends Array {
  static get [Symbol.species]() { made++; return class { constructor() { throw new Error("made"); } }; }
}
const items = Evil.from([() => 1, () => 2]);
made = 0;
const got = await parallel(items);
return [[...got], Array.isArray(got), got instanceof Evil, made];
