// expect: nothing leaks
const holders = [Object.prototype, Array.prototype, Promise.prototype, Promise, Object.getPrototypeOf(() => 0), JSON, Math, Reflect,
  Error.prototype, Map.prototype, String.prototype, RegExp.prototype, Symbol.prototype, Date, Date.prototype,
  Object.getPrototypeOf(async () => 0), Object.getPrototypeOf([][Symbol.iterator]()), globalThis, crypto];
for (const holder of holders) {
  attempt("add", () => { holder.polluted = 1; return holder.polluted; });
  attempt("define", () => Object.defineProperty(holder, "polluted", { value: 1 }).polluted);
  attempt("proto", () => Object.setPrototypeOf(holder, { polluted: 1 }).polluted);
}
attempt("then", () => { Promise.prototype.then = () => 1; return 1; });
attempt("stringify", () => { JSON.stringify = () => "x"; return 1; });
attempt("iterator", () => { Array.prototype[Symbol.iterator] = () => 1; return 1; });
