// expect: finished 1
export const meta = {name: 'hostile', description: 'an attack'};
class Odd extends Promise { static get [Symbol.species]() { return Promise; } }
return await new Odd((resolve) => resolve(1)).then((v) => v).finally(() => 7);
