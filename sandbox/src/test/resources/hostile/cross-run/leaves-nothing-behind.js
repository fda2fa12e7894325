// expect: nothing leaks
attempt("symbol", () => { const s = Symbol.for("left"); return globalThis[s]; });
attempt("global", () => globalThis.left);
attempt("write", () => { globalThis.left = 1; return globalThis.left; });
attempt("regexp", () => { /(left)/.exec("left"); return RegExp.$1; });
