// expect: finished ["budget_exhausted",true]
// asks: <=6
// budget: 50
export const meta = {name: 'hostile', description: 'an attack'};
const codes = [];
for (let i = 0; i < 300; i++) { try { await agent("p" + i); } catch (e) { codes.push(e.code); } }
return [[...new Set(codes)].join(), budget.remaining() === 0];
