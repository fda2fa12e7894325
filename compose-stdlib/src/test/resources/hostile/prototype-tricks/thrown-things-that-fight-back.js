// expect: finished [[null,null,null,null,null,null],["thrown","thrown","thrown","thrown","thrown","own_code"]]
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
const trap = () => { throw new Error("trapped"); };
const things = [
  null,
  Object.create(null),
  new Proxy({}, { get: trap, has: trap, getPrototypeOf: trap, getOwnPropertyDescriptor: trap }),
  { get message() { throw 1; }, get code() { throw 2; }, toString: trap, [Symbol.toPrimitive]: trap },
  { message: "m".repeat(1e6), code: "c".repeat(1e6) },
  { message: Symbol("s"), code: "own_code" },
];
const all = await parallel(things.map((thing) => () => { throw thing; }));
return [all, all.losses.map((loss) => loss.reason)];
