// C26 (L34) What could reach the outside, or code that was not compiled, does not exist.
// result: {"there":[],"made":[]}

export const meta = { name: "c26", description: "Looks for a way out." };

const there = {
  eval: typeof eval, Function: typeof Function, WeakRef: typeof WeakRef,
  FinalizationRegistry: typeof FinalizationRegistry, AsyncContext: typeof AsyncContext,
  SharedArrayBuffer: typeof SharedArrayBuffer, Atomics: typeof Atomics,
  WebAssembly: typeof WebAssembly, fetch: typeof fetch, require: typeof require,
  setInterval: typeof setInterval, performance: typeof performance, Java: typeof Java,
  Polyglot: typeof Polyglot, Intl: typeof Intl, arguments: typeof arguments,
};
const makers = [() => 0, async () => 0, function* () {}, async function* () {}];
const made = makers.map((f) => {
  try {
    return Object.getPrototypeOf(f).constructor("return 1")();
  } catch {
    return undefined;
  }
});
return {
  there: Object.keys(there).filter((name) => there[name] !== "undefined"),
  made: made.filter((value) => value !== undefined),
};
