// expect: nothing leaks
const kinds = [function () {}, () => 0, async () => 0, function* () {}, async function* () {}, class {}, { m() {} }.m,
  { get g() { return 1; } }, { async m() {} }.m, { *m() {} }.m, { async *m() {} }.m, agent, Date, Math.random, (() => 0).bind()];
for (const kind of kinds) {
  for (let at = kind; at !== null && at !== undefined; at = Object.getPrototypeOf(at)) {
    attempt("chain", () => at.constructor("return 1")());
    attempt("of the chain", () => at.constructor.constructor("return 1")());
    attempt("parent", () => Object.getPrototypeOf(at.constructor)("return 1")());
    attempt("deep", () => at.constructor.__proto__.__proto__.constructor("return 1")());
  }
}
