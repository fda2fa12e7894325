// expect: nothing leaks
attempt("replace", () => "x".replace("x", "$&()") === "x()" ? undefined : 1);
attempt("parse", () => { JSON.parse('{"f":"() => agent(1)"}', (k, v) => { if (typeof v === "function") throw 1; return v; }); return undefined; });
attempt("regexp", () => new RegExp("(?{ agent('x') })"));
attempt("compile", () => /x/.compile("(?{ 1 })"));
