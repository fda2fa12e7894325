const seen = new Set();
const open = [];
const queue = [];
const add = (value, path) => {
  if (value !== null && (typeof value === "object" || typeof value === "function")) {
    if (!seen.has(value)) {
      seen.add(value);
      queue.push([value, path]);
    }
  }
};
seen.add(args);
for (const [root, path] of [
  [globalThis, "globalThis"], [Object.getPrototypeOf(function* () {}), "generator"],
  [Object.getPrototypeOf(async () => 0), "async"],
  [Object.getPrototypeOf(async function* () {}), "async generator"],
  [Object.getPrototypeOf([][Symbol.iterator]()), "array iterator"],
  [Object.getPrototypeOf(""[Symbol.iterator]()), "string iterator"],
  [Object.getPrototypeOf(new Map().entries()), "map iterator"],
  [Object.getPrototypeOf(new Set().values()), "set iterator"],
  [Object.getPrototypeOf("x".matchAll(/x/g)), "regexp iterator"],
  [Object.getPrototypeOf([].values().map((x) => x)), "iterator helper"],
  [Object.getPrototypeOf(Iterator.from({ next() {} })), "wrapped iterator"],
  [Object.getPrototypeOf(agent), "function of the library"],
]) {
  add(root, path);
}
while (queue.length > 0) {
  const [value, path] = queue.pop();
  if (!Object.isFrozen(value)) {
    open.push(path);
  }
  add(Object.getPrototypeOf(value), path + ".__proto__");
  for (const key of Reflect.ownKeys(value)) {
    const own = Object.getOwnPropertyDescriptor(value, key);
    add(own.value, path + "." + String(key));
    add(own.get, path + ".get " + String(key));
    add(own.set, path + ".set " + String(key));
  }
}
return [open, seen.size > 500];
