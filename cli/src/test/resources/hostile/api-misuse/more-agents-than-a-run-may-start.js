// expect: finished ["agent_cap",1000]
// asks: 1000
export const meta = {name: 'hostile', description: 'an attack'};
const all = await Promise.allSettled(Array.from({ length: 1200 }, () => agent("p", { timeoutMs: 60000 })));
const refusals = all.filter((one) => one.status === "rejected");
return [[...new Set(refusals.map((one) => one.reason.code))].join(), all.length - refusals.length];
