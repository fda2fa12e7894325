// expect: nothing leaks
attempt("memory", () => process.memoryUsage());
attempt("performance", () => performance.memory);
