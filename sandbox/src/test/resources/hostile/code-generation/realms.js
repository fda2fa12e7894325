// expect: nothing leaks
attempt("ShadowRealm", () => new ShadowRealm().evaluate("1"));
attempt("WebAssembly", () => WebAssembly.Module);
attempt("Worker", () => Worker);
