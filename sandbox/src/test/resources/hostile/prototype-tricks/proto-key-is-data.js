// expect: finished {"__proto__":{"polluted":1}}
export const meta = {name: 'hostile', description: 'an attack'};
const data = JSON.parse('{"__proto__": {"polluted": 1}}');
if ({}.polluted) throw new Error("polluted");
return data;
