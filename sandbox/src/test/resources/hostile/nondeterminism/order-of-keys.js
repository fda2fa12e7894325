// expect: finished [["1","2","b","a"],["b","a"]]
export const meta = {name: 'hostile', description: 'an attack'};
const o = { b: 1, 2: 1, a: 1, 1: 1 };
return [Object.keys(o), [...new Set(["b", "a", "b"])]];
