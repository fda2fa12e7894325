// expect: ends script_memory script_cpu
export const meta = {name: 'hostile', description: 'an attack'};
const map = new Map();
for (let i = 0; ; i++) map.set("key" + i, new Array(100).fill(i));
