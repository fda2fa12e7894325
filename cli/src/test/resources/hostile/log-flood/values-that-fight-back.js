// expect: finished 1
// asks: 0
export const meta = {name: 'hostile', description: 'an attack'};
log({ toJSON() { throw 1; } }, { get x() { throw 2; } }, new Proxy({}, { ownKeys() { throw 3; } }), 1n, Symbol("s"), { a: 1n },
  "\u001b]0;title\u0007\u001b[2J\r\u202e\ud800\0");
const cycle = {}; cycle.cycle = cycle; log(cycle, [cycle], () => 1, undefined, null, NaN, -0);
log(...new Array(10000).fill("x"));
return 1;
