// expect: ends script_memory script_cpu value_too_large
export const meta = {name: 'hostile', description: 'an attack'};
for (let i = 0; i < 1e6; i++) Promise.reject(new Error("x".repeat(100)));
return 1;
