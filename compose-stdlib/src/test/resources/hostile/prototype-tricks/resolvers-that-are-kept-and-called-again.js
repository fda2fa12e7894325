// expect: finished [1,[1,2],1]
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
let kept;
const slow = { then(yes) { kept = yes; yes(1); } };
const all = await parallel([() => slow, () => 2]);
kept([666]);
kept({ then: (yes) => yes(666) });
await null;
return [all[0], all, [...all][0]];
