// expect: nothing leaks
attempt("callee", () => (function () { return arguments.callee; })());
attempt("caller", () => agent.caller);
attempt("arguments", () => agent.arguments);
