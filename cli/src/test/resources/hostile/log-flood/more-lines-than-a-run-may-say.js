// expect: finished 1
// asks: 0
export const meta = {name: 'hostile', description: 'an attack'};
for (let i = 0; i < 20000; i++) log("line", i);
return 1;
