// expect: ends script_cpu script_memory
export const meta = {name: 'hostile', description: 'an attack'};
const deep = () => new Proxy({}, { ownKeys: () => ["a", "b"], getOwnPropertyDescriptor: () => ({ value: deep(), enumerable: true, configurable: true }) });
const wide = new Proxy({}, { ownKeys() { const keys = []; for (let i = 0; ; i++) keys.push("k" + i); } });
try { agent(deep()); } catch (e) { if (e.code !== "value_too_large") throw e; }
agent(wide);
