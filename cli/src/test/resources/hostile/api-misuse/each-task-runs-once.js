// expect: finished [3,3,["a","b","c"]]
// asks: 0
export const meta = {name: 'hostile', description: 'an attack'};
let runs = 0, reads = 0;
const task = (name) => () => { runs++; return { then(resolve) { resolve(name); resolve("again"); } }; };
const tasks = { get a() { reads++; return task("a"); }, get b() { reads++; return task("b"); }, get c() { reads++; return task("c"); } };
const all = await parallel(tasks);
return [runs, reads, Object.values(all)];
