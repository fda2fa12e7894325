// expect: finished [0,"bad_argument"]
export const meta = {name: 'hostile', description: 'an attack'};
let runs = 0;
let code;
try { agent("p", { get trap() { runs++; return 1; } }); } catch (e) { code = e.code; }
return [runs, code];
