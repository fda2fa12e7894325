// expect: finished ["bad_argument","bad_argument","bad_argument","bad_argument","bad_argument"]
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
const told = (attempts) => retry(() => null, { attempts }).then(() => "passed", (e) => e.code);
return Promise.all([Infinity, NaN, -1, 1e9, "3"].map(told));
