// expect: ends script_cpu script_memory
export const meta = {name: 'hostile', description: 'an attack'};
let n = 7n ** 200000n;
for (;;) n.toString();
