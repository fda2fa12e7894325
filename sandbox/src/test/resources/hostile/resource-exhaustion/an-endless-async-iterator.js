// expect: ends script_memory script_cpu
export const meta = {name: 'hostile', description: 'an attack'};
const kept = [];
for await (const x of { [Symbol.asyncIterator]: () => ({ next: async () => ({ done: false, value: new Array(1000).fill(1) }) }) }) kept.push(x);
