// expect: nothing leaks
attempt("weakref", () => WeakRef);
attempt("registry", () => FinalizationRegistry);
attempt("gc", () => globalThis.gc);
attempt("weak map size", () => new WeakMap([[{}, 1]]).size);
attempt("weak set keys", () => [...new WeakSet([{}])]);
