// expect: finished [["deep"],3]
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
let depth = 0;
const tasks = () => new Proxy([() => "deep"], {
  get: (list, key) => {
    if (key === "length" && depth++ < 2) parallel(tasks());
    return list[key];
  },
});
return [await parallel(tasks()), depth];
