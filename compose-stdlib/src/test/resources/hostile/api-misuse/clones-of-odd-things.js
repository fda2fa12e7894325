// expect: finished ["bad_argument","bad_argument","boom","bad_argument","bad_argument",4294967295]
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
const told = (value) => { try { return structuredClone(value); } catch (e) { return e.code ?? e.message; } };
const trap = new Proxy({ a: 1 }, { ownKeys() { throw new Error("boom"); } });
return [
  told(() => 1), told({ a: [Symbol("s")] }), told(trap), told(Promise.resolve(1)), told(new WeakMap()),
  told(new Array(4294967295)).length,
];
