// expect: failed script_error
export const meta = {name: 'hostile', description: 'an attack'};
let s = "x";
for (;;) s += s;
