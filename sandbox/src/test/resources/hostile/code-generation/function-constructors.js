// expect: nothing leaks
const kinds = [function () {}, async function () {}, function* () {}, async function* () {}, () => 0, class {}];
for (const kind of kinds) {
  attempt("call", () => Object.getPrototypeOf(kind).constructor("return 1")());
  attempt("new", () => new (Object.getPrototypeOf(kind).constructor)("return 1")());
  attempt("reflect", () => Reflect.construct(kind.constructor, ["return 1"])());
}
