// expect: finished [[1],1,[2],[null]]
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
let asked = 0;
const twice = { then(yes, no) { asked++; yes(1); no(new Error("late")); yes(3); } };
const throwing = { then(yes) { yes(2); throw new Error("too late"); } };
const refusing = { then(_, no) { no(new Error("no")); no(new Error("again")); } };
return [
  await parallel([() => twice]), asked, await parallel([() => throwing]),
  await parallel([() => refusing]),
];
