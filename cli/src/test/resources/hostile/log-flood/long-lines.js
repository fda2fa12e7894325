// expect: finished 1
// asks: 0
export const meta = {name: 'hostile', description: 'an attack'};
for (let i = 0; i < 2000; i++) log("\u00fc".repeat(100000));
return 1;
