// expect: finished [true,0,"undefined"]
export const meta = {name: 'hostile', description: 'an attack'};
const before = Date.now();
for (let i = 0; i < 1e5; i++);
return [before === Date.now(), new Date() - before, typeof performance];
