// expect: ends script_memory script_cpu failed script_error
export const meta = {name: 'hostile', description: 'an attack'};
let v = [1]; for (let i = 0; i < 40; i++) v = [v, v];
JSON.stringify(v);
