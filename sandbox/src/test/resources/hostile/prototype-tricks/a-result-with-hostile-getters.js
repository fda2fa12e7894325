// expect: failed bad_argument
export const meta = {name: 'hostile', description: 'an attack'};
return { get x() { throw 1; } };
