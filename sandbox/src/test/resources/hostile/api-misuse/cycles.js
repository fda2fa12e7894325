// expect: finished "bad_argument"
export const meta = {name: 'hostile', description: 'an attack'};
const a = {}; a.a = a;
try { agent(a); } catch (e) { return e.code; }
