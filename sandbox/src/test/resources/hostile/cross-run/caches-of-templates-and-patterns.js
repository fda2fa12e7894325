// expect: nothing leaks
const same = () => ((s) => s)`a`;
attempt("template", () => { same().mark = 1; return same().mark; });
attempt("pattern", () => { const r = () => /x/g; r().lastIndex = 5; return r().lastIndex === 0 ? undefined : 1; });
attempt("static", () => RegExp.lastMatch);
