// expect: ends script_cpu
export const meta = {name: 'hostile', description: 'an attack'};
Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);
