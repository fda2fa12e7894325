// expect: finished 1
export const meta = {name: 'hostile', description: 'an attack'};
Promise.reject(new Proxy({}, { get() { throw 1; } }));
Promise.reject({ get message() { return "m".repeat(1e6); }, get name() { throw 1; } });
Promise.reject(Symbol("s"));
Promise.reject(Object.create(null));
return 1;
