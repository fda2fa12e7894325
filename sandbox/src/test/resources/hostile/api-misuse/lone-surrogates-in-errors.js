// expect: failed script_error
export const meta = {name: 'hostile', description: 'an attack'};
const e = new Error("\ud800\u0000");
e.name = "\udfff";
throw e;
