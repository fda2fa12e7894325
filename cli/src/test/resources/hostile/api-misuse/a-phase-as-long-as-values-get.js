// expect: failed value_too_large
// asks: 0
export const meta = {name: 'hostile', description: 'an attack'};
phase("x".repeat(4 * 1024 * 1024 - 100));
await agent("y".repeat(1024 * 1024));
