// expect: finished 1
export const meta = {name: 'hostile', description: 'an attack'};
// a comment   const hidden = 1;
/*   */ return 1;
