// expect: finished "one"
export const meta = {name: 'hostile', description: 'an attack'};
return await { then(resolve, reject) { resolve("one"); resolve("two"); reject("three"); } };
