// expect: nothing leaks
let fault;
try { fail("cancelled", "m"); } catch (e) { fault = e; }
const Fault = fault.constructor;
attempt("prototype", () => { Fault.prototype.polluted = 1; return new Fault("a", "b").polluted; });
attempt("then", () => { Object.defineProperty(Fault.prototype, "then", { value: 1 }); return fault.then; });
attempt("static", () => { Fault.polluted = 1; return Fault.polluted; });
attempt("parent", () => { Object.setPrototypeOf(Fault.prototype, {}); return 1; });
attempt("name", () => { Fault.prototype.name = "x"; return fault.name === "x" ? 1 : undefined; });
attempt("fresh", () => { const own = new Fault("script_cpu", "m"); own.name = "mine"; return own.name === "mine" ? undefined : 1; });
