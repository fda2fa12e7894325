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
for (const name of ["Java", "java", "javax", "Packages", "JavaImporter", "Polyglot", "Graal",
  "load", "loadWithNewGlobal", "read", "readFully", "quit", "exit", "print", "printErr", "console",
  "process", "require", "module", "global", "Deno", "Bun"]) {
  attempt(name, () => globalThis[name]);
}
return leaks;
