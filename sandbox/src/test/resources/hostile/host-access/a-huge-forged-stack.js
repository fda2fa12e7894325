// expect: failed script_error ends script_memory
export const meta = {name: 'hostile', description: 'an attack'};
const e = Object.create(Error.prototype);
e.stack = "    at f (wf-script:2:1)\n".repeat(300000) + "    at ".repeat(300000);
throw e;
