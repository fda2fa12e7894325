// expect: nothing leaks
attempt("temporal", () => Temporal.Now.instant());
attempt("performance", () => performance.timeOrigin);
attempt("process", () => process.hrtime());
attempt("date of nothing", () => (+new Date() === Date.now() ? undefined : 1));
attempt("reflected", () => (+Reflect.construct(Date, []) === Date.now() ? undefined : 1));
attempt("subclass", () => (+new (class extends Date {})() === Date.now() ? undefined : 1));
attempt("called", () => (Date() === String(new Date()) ? undefined : 1));
attempt("prototype", () => (+new Date.prototype.constructor() === Date.now() ? undefined : 1));
attempt("bound", () => (+new (Date.bind())() === Date.now() ? undefined : 1));
