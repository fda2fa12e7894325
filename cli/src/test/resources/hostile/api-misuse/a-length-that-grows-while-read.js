// expect: finished [true,true]
// asks: 0
export const meta = {name: 'hostile', description: 'an attack'};
const lying = (value) => { let reads = 0; return new Proxy([value], { get: (t, k) => (k === "length" ? (reads++ === 0 ? 1 : 5000) : value) }); };
let started = 0;
const count = () => { started++; return null; };
const settled = async (start) => { try { await start(); } catch { /* Refused is as good. */ } };
await settled(() => parallel(lying(count)));
const first = started <= 1;
started = 0;
await settled(() => pipeline(lying(1), count));
return [first, started <= 1];
