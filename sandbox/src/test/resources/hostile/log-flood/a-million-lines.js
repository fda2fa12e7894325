// expect: ends script_cpu value_too_large
export const meta = {name: 'hostile', description: 'an attack'};
for (;;) log("x".repeat(10000));
