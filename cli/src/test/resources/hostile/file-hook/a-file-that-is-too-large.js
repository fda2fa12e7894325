// expect: finished "value_too_large"
// asks: 0
export const meta = {name: 'hostile', description: 'an attack'};
try { return (await readFile("large")).length; } catch (e) { return e.code; }
