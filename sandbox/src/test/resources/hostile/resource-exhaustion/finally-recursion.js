// expect: ends script_cpu
export const meta = {name: 'hostile', description: 'an attack'};
const f = () => { try { f(); } finally { f(); } };
f();
