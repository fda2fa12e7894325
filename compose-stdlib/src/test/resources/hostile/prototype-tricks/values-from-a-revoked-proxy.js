// expect: finished ["TypeError","TypeError","TypeError","TypeError","TypeError"]
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
const revoked = (target) => { const { proxy, revoke } = Proxy.revocable(target, {}); revoke(); return proxy; };
const told = async (act) => { try { await act(); return "passed"; } catch (e) { return e.name; } };
return [
  await told(() => agent("p", revoked({}))), await told(() => parallel(revoked([]))),
  await told(() => pipeline(revoked([]), () => 1)), await told(() => dag(revoked([]), () => 1)),
  await told(() => gate(() => 1, () => true, revoked({}))),
];
