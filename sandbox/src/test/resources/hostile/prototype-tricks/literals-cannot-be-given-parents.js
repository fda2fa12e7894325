// expect: nothing leaks
attempt("object", () => { ({}).__proto__.x = 1; return ({}).x; });
attempt("array", () => { [].__proto__.x = 1; return [].x; });
attempt("setter", () => { Object.prototype.__defineGetter__("x", () => 1); return ({}).x; });
attempt("function", () => { (() => 0).__proto__.x = 1; return (() => 0).x; });
attempt("promise", () => { agent("p").__proto__.x = 1; return agent("p").x; });
attempt("error", () => { try { null.x; } catch (e) { e.__proto__.x = 1; return e.x; } });
attempt("iterator", () => { [].values().__proto__.next = () => ({ done: true }); return [...[1]].length === 1 ? undefined : 1; });
attempt("template", () => { const t = ((s) => s)`a`; t.raw[0] = "b"; return 1; });
attempt("assign", () => Object.assign(Object.prototype, { x: 1 }).x);
attempt("json", () => JSON.parse('{"__proto__": {"x": 1}}').x);
attempt("constructor", () => { ({}).constructor.prototype.x = 1; return 1; });
