// expect: finished [[9],[null]]
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
const nest = (depth, value) => (depth === 0 ? value : { then: (yes) => yes(nest(depth - 1, value)) });
const endless = { then(yes) { throw yes; } };
return [await parallel([() => nest(500, 9)]), await pipeline([1], () => endless)];
