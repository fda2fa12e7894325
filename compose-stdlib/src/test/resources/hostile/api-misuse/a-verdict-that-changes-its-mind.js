// expect: finished [true,1]
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
let reads = 0;
const { ok, attempts } = await gate(() => 1, () => ({ get ok() { return reads++ === 0; }, feedback: "x" }));
return [ok, attempts];
