// expect: finished ["bad_argument","bad_argument"]
export const meta = {name: 'hostile', description: 'an attack'};
return [1n, Symbol()].map((v) => { try { agent(v); } catch (e) { return e.code; } });
