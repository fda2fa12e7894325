// expect: finished "value_too_large"
export const meta = {name: 'hostile', description: 'an attack'};
try { log(new Array(2 ** 32 - 1)); } catch (e) { return e.code; }
