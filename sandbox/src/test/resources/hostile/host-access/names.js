// expect: nothing leaks
for (const name of ["Java", "java", "javax", "Packages", "JavaImporter", "Polyglot", "Graal",
  "load", "loadWithNewGlobal", "read", "readFully", "quit", "exit", "print", "printErr", "console",
  "process", "require", "module", "global", "Deno", "Bun"]) {
  attempt(name, () => globalThis[name]);
}
