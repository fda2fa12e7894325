// expect: ends script_cpu script_memory failed script_error
export const meta = {name: 'hostile', description: 'an attack'};
async function* forever() { for (;;) yield* forever(); }
for await (const x of forever()) log(x);
