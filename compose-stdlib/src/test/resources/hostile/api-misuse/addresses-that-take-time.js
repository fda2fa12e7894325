// expect: finished [true,true,true]
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
const long = "a".repeat(200_000);
const told = (text) => { try { new URL(text); } catch { /* Refused is as good. */ } return true; };
return [
  told(`http://${long}.example/`), told(`http://h/${"../".repeat(60_000)}`),
  told(`http://h/?${"%".repeat(100_000)}${"&a=b".repeat(20_000)}`),
];
