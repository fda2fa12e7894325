// expect: ends script_cpu
export const meta = {name: 'hostile', description: 'an attack'};
outer: for (;;) { try { continue outer; } finally { continue outer; } }
