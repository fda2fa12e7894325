// expect: finished ["TypeError","TypeError","TypeError"]
export const meta = {name: 'hostile', description: 'an attack'};
const { proxy, revoke } = Proxy.revocable({}, {});
revoke();
const found = [];
for (const attack of [() => agent(proxy), () => log(proxy), () => agent([proxy])]) {
  try { attack(); } catch (e) { found.push(e.name); }
}
return found;
