// expect: finished ["RangeError",1]
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
let deep = {};
for (let i = 0; i < 200_000; i++) deep = { deep };
let told = "cloned";
try { structuredClone(deep); } catch (e) { told = e.name; }
return [told, structuredClone({ a: 1 }).a];
