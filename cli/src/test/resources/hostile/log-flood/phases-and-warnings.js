// expect: finished 1
// asks: 0
export const meta = {name: 'hostile', description: 'an attack'};
for (let i = 0; i < 15000; i++) phase("p" + i);
for (let i = 0; i < 3000; i++) { try { agent("", { ["unknown" + i]: 1 }).catch(() => 0); } catch { /* Refused. */ } }
return 1;
