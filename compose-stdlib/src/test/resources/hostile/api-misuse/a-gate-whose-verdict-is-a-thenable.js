// expect: finished [false,1,"bad_argument"]
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
const { ok, attempts } = await gate(() => 1, () => ({ then: (yes) => yes(false) }), { attempts: 1 });
const odd = await gate(() => 1, () => "yes").catch((e) => e.code);
return [ok, attempts, odd];
