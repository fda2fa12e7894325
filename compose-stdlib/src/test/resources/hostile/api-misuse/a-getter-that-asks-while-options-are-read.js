// expect: finished ["inner","L"]
// asks: 2
export const meta = { name: 'hostile', description: 'an attack' };
let inner;
const outer = agent("outer", { get label() { inner = agent("inner"); return "L"; } });
return [await inner, await outer];
