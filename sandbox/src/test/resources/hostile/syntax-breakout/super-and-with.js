// expect: rejected script_invalid
export const meta = {name: 'hostile', description: 'an attack'};
with (globalThis) { agent("x"); }
