// expect: finished [[null,"b"],[["undefined",0],["b",1]]]
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
const holes = [, () => "b"];
holes[Symbol.isConcatSpreadable] = false;
let first;
try { first = await parallel(holes); } catch (e) { first = [e.code === "bad_argument" ? null : 1, "b"]; }
const seen = await pipeline([, "b"], (value, item, index) => [String(item), index]);
return [first, seen];
