// expect: ends script_memory script_cpu failed script_error
export const meta = {name: 'hostile', description: 'an attack'};
const kept = [];
for (;;) kept.push(new Uint8Array(1 << 24).fill(1));
