// expect: ends script_cpu
export const meta = {name: 'hostile', description: 'an attack'};
new Array(1e6).fill(0).map((_, i) => i).sort(() => { for (;;); });
