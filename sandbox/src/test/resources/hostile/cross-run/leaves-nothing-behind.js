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
attempt("symbol", () => { const s = Symbol.for("left"); return globalThis[s]; });
attempt("global", () => globalThis.left);
attempt("write", () => { globalThis.left = 1; return globalThis.left; });
attempt("regexp", () => { /(left)/.exec("left"); return RegExp.$1; });
return leaks;
