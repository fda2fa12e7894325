// expect: failed script_error
export const meta = {name: 'hostile', description: 'an attack'};
let Fault;
try { fail("cancelled", "m"); } catch (e) { Fault = e.constructor; }
throw new Fault("script_cpu", "forged");
