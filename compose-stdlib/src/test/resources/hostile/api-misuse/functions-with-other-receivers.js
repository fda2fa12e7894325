// expect: finished ["p",[1],["a"],"p"]
// asks: 2
export const meta = { name: 'hostile', description: 'an attack' };
const evil = new Proxy({}, { get() { throw new Error("touched"); } });
return [
  await agent.call(evil, "p"), await parallel.call(null, [() => 1]),
  await Reflect.apply(pipeline, evil, [["a"]]), await agent.bind(evil)("p"),
];
