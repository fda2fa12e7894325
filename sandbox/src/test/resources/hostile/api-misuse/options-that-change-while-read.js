// expect: finished 1
export const meta = {name: 'hostile', description: 'an attack'};
let reads = 0;
const options = new Proxy({ a: 1 }, { getOwnPropertyDescriptor(t, k) { reads++; return Reflect.getOwnPropertyDescriptor(t, k); } });
agent("p", options);
return reads;
