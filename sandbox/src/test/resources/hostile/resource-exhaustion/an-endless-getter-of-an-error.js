// expect: ends script_cpu
export const meta = {name: 'hostile', description: 'an attack'};
throw { get message() { for (;;); } };
