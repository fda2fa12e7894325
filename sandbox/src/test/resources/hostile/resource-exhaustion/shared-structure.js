// expect: finished "value_too_large"
export const meta = {name: 'hostile', description: 'an attack'};
let value = "x".repeat(1000);
for (let i = 0; i < 50; i++) value = [value, value];
try { log(value); } catch (e) { return e.code; }
