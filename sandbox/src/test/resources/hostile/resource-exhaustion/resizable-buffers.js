// expect: ends script_memory script_cpu failed script_error
export const meta = {name: 'hostile', description: 'an attack'};
const kept = [];
for (;;) { const b = new ArrayBuffer(1, { maxByteLength: 1 << 26 }); b.resize(1 << 26); new Uint8Array(b).fill(1); kept.push(b); }
