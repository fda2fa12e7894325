// expect: finished "value_too_large"
export const meta = {name: 'hostile', description: 'an attack'};
let v = 1; for (let i = 0; i < 70; i++) v = { v };
try { agent(v); } catch (e) { return e.code; }
