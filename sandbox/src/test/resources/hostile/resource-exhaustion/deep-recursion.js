// expect: finished "RangeError"
export const meta = {name: 'hostile', description: 'an attack'};
const f = () => f() + 1;
try { f(); } catch (e) { return e.name; }
