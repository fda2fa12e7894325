// expect: finished ["TypeError","TypeError"]
export const meta = {name: 'hostile', description: 'an attack'};
const found = [];
for (const attack of [() => agent(() => 1), () => settings.x.y]) {
  try { attack(); } catch (e) { found.push(e.name); if (/java|graal|host/i.test(e.stack + e.message)) found.push(e.stack); }
}
return found;
