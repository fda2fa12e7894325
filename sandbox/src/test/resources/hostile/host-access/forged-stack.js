// expect: failed script_error
export const meta = {name: 'hostile', description: 'an attack'};
const e = Object.create(Error.prototype);
e.message = "m";
e.stack = "x\n    at a (wf-script:999999999:999999999)\n    at java.base/java.lang.Thread.run(wf-script:0:0)\n    at wf-script:1:1";
throw e;
