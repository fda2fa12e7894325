// expect: failed deadlock
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
await parallel([() => 1, () => ({ then() {} })]);
