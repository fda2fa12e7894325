// expect: finished ["value_too_large"]
export const meta = {name: 'hostile', description: 'an attack'};
const found = [];
const odd = new Proxy([], { getOwnPropertyDescriptor: (t, k) => (k === "length" ? { value: NaN, writable: true, enumerable: false, configurable: false } : undefined) });
try { agent(odd); } catch (e) { found.push(e.code); }
return found;
