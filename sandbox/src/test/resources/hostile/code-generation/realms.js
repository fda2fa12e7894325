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
attempt("ShadowRealm", () => new ShadowRealm().evaluate("1"));
attempt("WebAssembly", () => WebAssembly.Module);
attempt("Worker", () => Worker);
return leaks;
