// expect: finished []
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
attempt("eval", () => globalThis.eval("1"));
attempt("indirect", () => (0, globalThis["ev" + "al"])("1"));
attempt("bound", () => Function.prototype.bind.call(globalThis.eval, null)("1"));
return leaks;
