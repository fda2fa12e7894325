// expect: nothing leaks
for (const name of ["document", "window", "self", "importScripts", "Module", "ModuleSource", "Compartment", "Realm", "vm", "Blob", "XMLHttpRequest"]) {
  attempt(name, () => globalThis[name]);
}
attempt("javascript url", () => new URL("javascript:1"));
