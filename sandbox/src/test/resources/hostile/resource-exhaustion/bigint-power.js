// expect: ends script_cpu script_memory
export const meta = {name: 'hostile', description: 'an attack'};
let n = 3n;
for (;;) n = n ** 7n;
