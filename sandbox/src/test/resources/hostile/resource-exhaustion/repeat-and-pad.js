// expect: ends script_memory script_cpu failed script_error
export const meta = {name: 'hostile', description: 'an attack'};
const kept = [];
for (;;) kept.push(("x".repeat(1 << 20) + kept.length).padEnd(1 << 21, "yz").toUpperCase());
