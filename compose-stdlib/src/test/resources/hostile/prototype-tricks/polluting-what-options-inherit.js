// expect: finished ["TypeError","TypeError","TypeError","{\"prompt\":\"p\"}"]
// asks: 1
export const meta = { name: 'hostile', description: 'an attack' };
const tried = [
  () => { Object.prototype.model = "evil/model"; },
  () => { Array.prototype.push = null; },
  () => { Promise.prototype.then = null; },
].map((attack) => { try { attack(); return "done"; } catch (e) { return e.name; } });
const options = Object.create({ label: "inherited", model: "evil/model", schema: {} });
await agent("p", options);
return [...tried, JSON.stringify({ prompt: "p" })];
