// expect: rejected script_invalid
export const meta = {name: 'hostile', description: 'an attack'};
const ​ = 1; return 1;
