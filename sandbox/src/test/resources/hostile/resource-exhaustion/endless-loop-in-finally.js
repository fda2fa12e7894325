// expect: ends script_cpu
export const meta = {name: 'hostile', description: 'an attack'};
try { throw 1; } finally { for (;;); }
