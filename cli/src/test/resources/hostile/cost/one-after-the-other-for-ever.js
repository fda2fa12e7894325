// expect: failed budget_exhausted
// asks: <=6
// budget: 50
export const meta = {name: 'hostile', description: 'an attack'};
for (let i = 0; ; i++) await agent("p" + i);
