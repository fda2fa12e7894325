// expect: nothing leaks
const Native = Object.getPrototypeOf(Object.getPrototypeOf(async () => 0).constructor);
attempt("object", () => Native({ toString: () => "return 1" })());
attempt("parameter", () => Native("a = (() => { throw 1 })()", "")());
attempt("break out", () => Native("}, agent('x'), function () {")());
attempt("comment", () => Native("/*", "*/){")());
attempt("none", () => typeof Native() === "function" ? Native()() : 1);
