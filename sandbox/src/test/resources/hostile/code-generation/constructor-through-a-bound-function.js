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
attempt("bound", () => agent.bind().constructor("return 1")());
attempt("species", () => { const c = []; c.constructor = { [Symbol.species]: agent.constructor }; return c.map(() => "return 1")(); });
attempt("toString", () => agent.constructor({ toString: () => "return 1" })());
return leaks;
