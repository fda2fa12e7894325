// expect: nothing leaks
attempt("worker", () => new Worker("x"));
attempt("shared", () => new SharedArrayBuffer(1));
attempt("wait", () => Atomics.wait(new Int32Array(1), 0, 0, 1));
attempt("waitAsync", () => Atomics.waitAsync);
attempt("timeout", () => setTimeout(() => 0, 0));
attempt("clock in a promise", () => { const t = Date.now(); for (let i = 0; i < 1e6; i++); return Date.now() === t ? undefined : 1; });
