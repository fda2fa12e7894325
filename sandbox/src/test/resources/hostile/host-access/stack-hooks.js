// expect: nothing leaks
attempt("prepare", () => { Error.prepareStackTrace = (e, frames) => { leaks.push(String(frames)); return "x"; }; return undefined; });
attempt("limit", () => { Error.stackTraceLimit = 1000; return Error.stackTraceLimit === 1000 ? 1 : undefined; });
attempt("capture", () => { const o = {}; Error.captureStackTrace(o); return o.stack; });
attempt("own", () => { const e = new Error("x"); return /wf-|kernel|library/.test(e.stack) ? e.stack : undefined; });
