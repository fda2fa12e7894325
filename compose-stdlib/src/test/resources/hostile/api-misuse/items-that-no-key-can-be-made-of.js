// expect: finished ["bad_argument","bad_argument"]
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
const circle = {};
circle.self = circle;
const told = (item) => loopUntilDry({ round: () => [item] }).then(() => "passed", (e) => e.code);
return [await told(circle), await told(() => 1)];
