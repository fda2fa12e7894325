// expect: finished [0,"value_too_large"]
export const meta = {name: 'hostile', description: 'an attack'};
let calls = 0;
const odd = new Proxy([1, 2], {
  getOwnPropertyDescriptor(target, key) {
    const own = Reflect.getOwnPropertyDescriptor(target, key);
    return key === "length" ? { ...own, value: { valueOf() { calls++; return 2; } } } : own;
  },
});
try { agent(odd); } catch (e) { return [calls, e.code]; }
return [calls, "passed"];
