// expect: failed script_error
export const meta = {name: 'hostile', description: 'an attack'};
const p = new Proxy(function () {}, { get() { throw p; }, apply() { throw p; }, getOwnPropertyDescriptor() { throw p; } });
throw p;
