// expect: finished ["bad_argument",0]
export const meta = {name: 'hostile', description: 'an attack'};
let calls = 0;
let code;
try { log({ toJSON() { calls++; return "forged"; } }); } catch (e) { code = e.code; }
return [code, calls];
