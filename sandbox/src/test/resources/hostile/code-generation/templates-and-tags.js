// expect: nothing leaks
attempt("tag", () => Object.getPrototypeOf(async () => 0).constructor`return 1`());
attempt("raw", () => String.raw`${{ toString: () => "1" }}` === "1" ? undefined : 1);
attempt("eval tag", () => globalThis.eval`1`);
attempt("tagged with a constructor", () => agent.constructor`return 1`());
