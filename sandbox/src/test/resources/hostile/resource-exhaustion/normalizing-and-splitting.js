// expect: ends script_cpu script_memory failed script_error
export const meta = {name: 'hostile', description: 'an attack'};
let s = "\u0344".repeat(1 << 18);
for (;;) { s.normalize("NFD"); s.split(""); [...s].reverse(); }
