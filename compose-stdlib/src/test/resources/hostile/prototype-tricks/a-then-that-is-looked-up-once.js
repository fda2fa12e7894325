// expect: finished [1,[7],1,["seven"]]
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
let looks = 0;
const shy = () => ({ get then() { looks++; return (yes) => yes(7); } });
const first = await parallel([shy]);
const seen = looks;
looks = 0;
const second = await pipeline([0], shy, (n) => (n === 7 ? "seven" : n));
return [seen, first, looks, second];
