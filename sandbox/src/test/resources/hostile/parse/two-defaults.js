// expect: rejected script_invalid
export const meta = {name: 'hostile', description: 'an attack'};
export default 1;
export default 2;
