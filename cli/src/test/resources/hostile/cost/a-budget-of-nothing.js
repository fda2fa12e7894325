// expect: failed budget_exhausted
// asks: 0
// budget: 0
export const meta = {name: 'hostile', description: 'an attack'};
await agent("p");
