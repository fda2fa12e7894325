// expect: finished {"x":1}
export const meta = {name: 'hostile', description: 'an attack'};
let reads = 0;
return { get then() { reads++; return reads > 1 ? undefined : (resolve) => resolve({ x: 1 }); } };
