// expect: finished ["p","p"]
// asks: 2
export const meta = { name: 'hostile', description: 'an attack' };
const options = JSON.parse('{"__proto__": {"label": "evil", "model": "evil/model"}}');
return [await agent("p", options), await agent({ prompt: "p", ...options })];
