// expect: finished ["TypeError","TypeError","TypeError","TypeError"]
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
const told = (act) => { try { act(); return "made"; } catch (e) { return e.name; } };
return [
  told(() => new gate(() => 1, () => true)), told(() => new retry(() => 1)),
  told(() => new verify("x")), told(() => URL("http://a.example")),
];
