// expect: finished [1,2,1]
export const meta = {name: 'hostile', description: 'an attack'};
const { promise, resolve, reject } = Promise.withResolvers();
resolve(1); reject(new Error("late")); resolve(3);
const answers = [await promise];
const kept = [];
await { then(r) { kept.push(r); r(2); } };
answers.push(2);
kept[0](9);
answers.push(await promise);
return answers;
