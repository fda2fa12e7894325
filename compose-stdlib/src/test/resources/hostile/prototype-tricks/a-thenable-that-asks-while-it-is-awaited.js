// expect: finished ["inner","outer"]
// asks: 2
export const meta = { name: 'hostile', description: 'an attack' };
const asking = { then(yes) { agent("inner").then(yes); } };
return [...(await parallel([() => asking])), await agent("outer")];
