// expect: nothing leaks
attempt("registry", () => Symbol.keyFor(Symbol.for("x")) === "x" ? undefined : 1);
attempt("marks", () => Symbol.for("x").mark);
attempt("global", () => { Symbol.for("x").mark = 1; return Symbol.for("x").mark; });
