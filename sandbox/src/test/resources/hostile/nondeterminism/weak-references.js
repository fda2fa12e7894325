// expect: nothing leaks
attempt("WeakRef", () => new WeakRef({}));
attempt("FinalizationRegistry", () => new FinalizationRegistry(() => 0));
