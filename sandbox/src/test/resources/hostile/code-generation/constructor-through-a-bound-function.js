// expect: nothing leaks
attempt("bound", () => agent.bind().constructor("return 1")());
attempt("species", () => { const c = []; c.constructor = { [Symbol.species]: agent.constructor }; return c.map(() => "return 1")(); });
attempt("toString", () => agent.constructor({ toString: () => "return 1" })());
