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
const seen = new Set();
const walk = (value, path) => {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return;
  if (seen.has(value)) return;
  seen.add(value);
  for (const key of Reflect.ownKeys(value)) {
    const own = Object.getOwnPropertyDescriptor(value, key);
    if (/class|loader|host|context|engine|polyglot/i.test(String(key))) leaks.push(path + "." + String(key));
    walk(own.value, path + "." + String(key));
  }
};
for (const name of Object.getOwnPropertyNames(globalThis)) walk(globalThis[name], name);
return leaks.filter((path) => !/classLength/.test(path));
