// expect: finished [[null],["first"]]
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
let reads = 0;
const liar = { message: "m", get code() { return ["first", "second", "third"][reads++] ?? "more"; } };
const all = await parallel([() => { throw liar; }]);
return [all, all.losses.map((loss) => loss.reason)];
