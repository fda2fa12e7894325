// expect: failed deadlock
// asks: 0
export const meta = {name: 'hostile', description: 'an attack'};
const { promise, resolve } = Promise.withResolvers();
await promise.then(resolve);
