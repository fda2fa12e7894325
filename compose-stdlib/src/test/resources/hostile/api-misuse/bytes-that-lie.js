// expect: finished ["TypeError","TypeError","RangeError",""]
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
const told = (act) => { try { return act(); } catch (e) { return e.name; } };
const decoder = new TextDecoder();
return [
  told(() => decoder.decode("text")), told(() => decoder.decode({ byteLength: 1e9 })),
  told(() => new TextDecoder("latin1")), told(() => decoder.decode(new Uint8Array(0))),
];
