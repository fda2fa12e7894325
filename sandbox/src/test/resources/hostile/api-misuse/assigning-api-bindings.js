// expect: finished ["TypeError","TypeError"]
export const meta = {name: 'hostile', description: 'an attack'};
return [() => { agent = 1; }, () => { tools.run = 1; }].map((f) => { try { f(); } catch (e) { return e.name; } });
