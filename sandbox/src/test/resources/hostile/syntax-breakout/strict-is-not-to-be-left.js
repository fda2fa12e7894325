// expect: finished "ReferenceError"
export const meta = {name: 'hostile', description: 'an attack'};
try { (function () { undeclared = 1; })(); } catch (e) { return e.name; }
