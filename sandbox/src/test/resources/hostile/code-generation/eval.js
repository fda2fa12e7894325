// expect: nothing leaks
attempt("eval", () => globalThis.eval("1"));
attempt("indirect", () => (0, globalThis["ev" + "al"])("1"));
attempt("bound", () => Function.prototype.bind.call(globalThis.eval, null)("1"));
