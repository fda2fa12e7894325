// expect: ends script_memory script_cpu
export const meta = {name: 'hostile', description: 'an attack'};
const kept = [];
for (;;) kept.push(new Array(10000).fill(kept));
