// expect: finished true
// asks: 4
export const meta = {name: 'hostile', description: 'an attack'};
const order = [];
await Promise.all(["a", "b", "c", "d"].map((p) => agent(p).then(() => order.push(p))));
return order.length === 4;
