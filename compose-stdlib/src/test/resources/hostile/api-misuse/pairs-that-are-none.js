// expect: finished ["TypeError","TypeError","TypeError","a=1"]
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
const told = (init) => { try { return new URLSearchParams(init).toString(); } catch (e) { return e.name; } };
return [told([["a"]]), told([1]), told([["a", "b", "c"]]), told([["a", 1]])];
