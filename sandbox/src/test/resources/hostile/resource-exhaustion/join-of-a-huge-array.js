// expect: ends script_memory script_cpu failed script_error
export const meta = {name: 'hostile', description: 'an attack'};
return new Array(2 ** 28).join("xxxxxxxx").length;
