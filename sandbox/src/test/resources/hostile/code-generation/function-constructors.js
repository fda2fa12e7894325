// expect: finished []
export const meta = {name: 'hostile', description: 'an attack'};
const leaks = [];
const attempt = (name, attack) => {
  try {
    const got = attack();
    if (got !== undefined) leaks.push(name + ": " + typeof got);
  } catch {
    // Refused, as it should be.
  }
};
const kinds = [function () {}, async function () {}, function* () {}, async function* () {}, () => 0, class {}];
for (const kind of kinds) {
  attempt("call", () => Object.getPrototypeOf(kind).constructor("return 1")());
  attempt("new", () => new (Object.getPrototypeOf(kind).constructor)("return 1")());
  attempt("reflect", () => Reflect.construct(kind.constructor, ["return 1"])());
}
return leaks;
