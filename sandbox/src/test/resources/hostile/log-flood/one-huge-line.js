// expect: finished "value_too_large"
export const meta = {name: 'hostile', description: 'an attack'};
try { log("x".repeat(5e6)); } catch (e) { return e.code; }
