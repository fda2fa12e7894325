// expect: finished ["EvalError","EvalError"]
export const meta = {name: 'hostile', description: 'an attack'};
const found = [];
const proxy = new Proxy({}, { ownKeys() { throw new EvalError("trap"); }, getPrototypeOf() { throw new EvalError("trap"); } });
for (const attack of [() => agent(proxy), () => log(proxy)]) {
  try { attack(); } catch (e) { found.push(e.name); }
}
return found;
