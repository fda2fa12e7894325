// expect: rejected script_invalid
export const meta = {name: 'hostile', description: 'an attack'};
\u0069mport('fs');
