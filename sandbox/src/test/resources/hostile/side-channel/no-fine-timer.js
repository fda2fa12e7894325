// expect: finished [0,[]]
export const meta = {name: 'hostile', description: 'an attack'};
const leaks = [];
const attempt = (name, attack) => {
  try {
    const got = attack();
    if (got !== undefined) leaks.push(name + ": " + typeof got);
  } catch {
    // Refused, as it should be.
  }
};
attempt("performance", () => performance.now());
attempt("shared", () => new SharedArrayBuffer(8));
attempt("atomics", () => Atomics.wait);
const start = Date.now();
for (let i = 0; i < 1e5; i++);
return [Date.now() - start, leaks];
