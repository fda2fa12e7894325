// expect: failed script_error
export const meta = {name: 'hostile', description: 'an attack'};
throw new Proxy({}, { get() { throw 1; }, getPrototypeOf() { throw 2; }, getOwnPropertyDescriptor() { throw 3; } });
