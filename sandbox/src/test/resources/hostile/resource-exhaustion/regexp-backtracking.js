// expect: ends script_cpu
export const meta = {name: 'hostile', description: 'an attack'};
for (;;) /^(a+)+$/.test("a".repeat(40) + "b");
