// expect: failed deadlock
// asks: 0
export const meta = { name: 'hostile', description: 'an attack', dialect: 'odw' };
await pipeline(
  [1, 2],
  [{ name: "s", concurrency: 1, run: (n) => (n === 1 ? new Promise(() => {}) : n) }],
);
