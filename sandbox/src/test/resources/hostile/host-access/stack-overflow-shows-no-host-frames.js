// expect: finished ["RangeError",false]
export const meta = {name: 'hostile', description: 'an attack'};
let caught;
const deep = () => deep() + 1;
try { deep(); } catch (e) { caught = e; }
return [caught.name, /java|graal|truffle|\.class|kernel/i.test(String(caught.stack) + caught.message)];
