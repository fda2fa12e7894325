// expect: nothing leaks
const G = Object.getPrototypeOf(function* () {}).constructor;
const AG = Object.getPrototypeOf(async function* () {}).constructor;
attempt("generator", () => [...G("yield 1")()][0]);
attempt("async", () => AG("yield 1")().next());
attempt("prototype", () => G("yield 1").prototype);
