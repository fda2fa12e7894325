// expect: finished ["get label 1","get prompt 1"]
// asks: 1
export const meta = {name: 'hostile', description: 'an attack'};
const reads = {};
const options = new Proxy({ prompt: "p", label: "l" }, { get(t, k) { reads[k] = (reads[k] ?? 0) + 1; return t[k]; } });
await agent(options);
return Object.entries(reads).map(([k, n]) => `get ${k} ${n}`).sort();
