// expect: finished [null,"thrown"]
// asks: 0
export const meta = { name: 'hostile', description: 'an attack' };
const poisoned = { get then() { throw new Error("do not look"); } };
const all = await parallel([() => poisoned]);
return [all[0], all.losses[0].reason];
