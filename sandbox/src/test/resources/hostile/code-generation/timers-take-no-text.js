// expect: nothing leaks
attempt("setTimeout", () => setTimeout("agent('x')", 0));
attempt("setInterval", () => setInterval("agent('x')", 0));
