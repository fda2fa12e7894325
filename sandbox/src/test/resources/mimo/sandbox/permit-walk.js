/*
 * Walks everything a script can reach: from the global names, and from what syntax alone makes.
 * Each object has the name of the shortest way to it. A line is a name, then what it is; a property
 * shows what may be done with it: w(ritable), e(numerable), c(onfigurable). A function whose only
 * own properties are its name and length stands on one line as `function name/length`, and the
 * parent of a function is told only if it is not that of all functions.
 */
const settled = async (promise) => { try { return await promise; } catch (e) { return e; } };
const thrownBy = (f) => { try { return f(); } catch (e) { return e; } };
const deep = () => deep() + 1;
const template = ((strings) => strings)`a${1}b`;
const strictArguments = (function () { return arguments; })(1);
const generator = (function* () { yield 1; })();
const asyncGenerator = (async function* () { yield 1; })();
const asyncFunction = async () => 1;
class Plain { static s = 1; #p = 1; m() {} get a() { return 1; } }
class Derived extends Array {}
const resolvers = Promise.withResolvers();
const revocable = Proxy.revocable({}, {});
const rejected = await settled(ask("no"));

const roots = [
  ["globalThis", globalThis],
  ["this", (function () { return this; })()],
  ["[]", []],
  ["{}", {}],
  ["/x/", /x/],
  ["/(?<n>x)/.exec('x')", /(?<n>x)/d.exec("x")],
  ["template", template],
  ["arguments", strictArguments],
  ["() => 0", () => 0],
  ["function () {}", function () {}],
  ["method", { m() {} }.m],
  ["getter", Object.getOwnPropertyDescriptor({ get g() { return 1; } }, "g").get],
  ["class", Plain],
  ["new class", new Plain()],
  ["class extends Array", Derived],
  ["function* () {}", function* () {}],
  ["function* () {}()", generator],
  ["generator.next()", generator.next()],
  ["async () => 0", asyncFunction],
  ["async () => 0()", asyncFunction()],
  ["async function* () {}", async function* () {}],
  ["async function* () {}()", asyncGenerator],
  ["asyncGenerator.next()", asyncGenerator.next()],
  ["await asyncGenerator.next()", await (async function* () { yield 1; })().next()],
  ["[].values()", [].values()],
  ["''[Symbol.iterator]()", ""[Symbol.iterator]()],
  ["new Map().entries()", new Map().entries()],
  ["new Set().values()", new Set().values()],
  ["'x'.matchAll(/x/g)", "x".matchAll(/x/g)],
  ["[].values().map()", [].values().map((x) => x)],
  ["Iterator.from({})", Iterator.from({ next() {} })],
  ["new Uint8Array()", new Uint8Array(1)],
  ["new ArrayBuffer()", new ArrayBuffer(1, { maxByteLength: 2 })],
  ["new DataView()", new DataView(new ArrayBuffer(1))],
  ["new Date()", new Date()],
  ["new Proxy()", new Proxy({}, {})],
  ["Proxy.revocable()", revocable],
  ["Promise.withResolvers()", resolvers],
  ["bound", (() => 0).bind()],
  ["Object(Symbol())", Object(Symbol())],
  ["Object(1n)", Object(1n)],
  ["Object('x')", Object("x")],
  ["new Error()", new Error("m", { cause: 1 })],
  ["new AggregateError()", new AggregateError([1])],
  ["null.x", thrownBy(() => null.x)],
  ["undeclared", thrownBy(() => undeclaredName)],
  ["[].length = -1", thrownBy(() => { [].length = -1; })],
  ["new RegExp('(')", thrownBy(() => new RegExp("("))],
  ["stack overflow", thrownBy(deep)],
  ["JSON.parse('')", thrownBy(() => JSON.parse(""))],
  ["decodeURI('%')", thrownBy(() => decodeURI("%"))],
  ["await null.x", await settled((async () => null.x)())],
  ["await Promise.any([])", await settled(Promise.any([]))],
  ["a refused argument", thrownBy(() => ask(() => 1))],
  ["a rejected call", rejected],
  ["a call", ask("yes")],
];

const names = new Map();
const queue = [];
const lines = [];
const isObject = (v) => (typeof v === "object" && v !== null) || typeof v === "function";
const keyOf = (key) =>
  typeof key === "symbol" ? "[" + key.description + "]" : /^[\w$]+$/.test(key) ? key : "'" + key + "'";

const nameOf = (value, way) => {
  if (!names.has(value)) {
    names.set(value, way);
    queue.push(value);
  }
  return names.get(value);
};
const shown = (value, way) => {
  if (isObject(value)) {
    const name = nameOf(value, way);
    return name === way ? kindOf(value) : "-> " + name;
  }
  return typeof value === "string" ? JSON.stringify(value).slice(0, 40)
    : typeof value === "bigint" ? value + "n"
    : typeof value === "symbol" ? value.toString() : Object.is(value, -0) ? "-0" : String(value);
};
const flags = (own) =>
  ("value" in own ? (own.writable ? "w" : "-") : "") + (own.enumerable ? "e" : "-") + (own.configurable ? "c" : "-");
/* A name and a length as every function has them need no line of their own. */
const plainParts = (value) => {
  const name = Object.getOwnPropertyDescriptor(value, "name");
  const length = Object.getOwnPropertyDescriptor(value, "length");
  return typeof value === "function" && name && length && typeof name.value === "string" &&
    typeof length.value === "number" && flags(name) === flags(length) ? [name, length] : undefined;
};
const kindOf = (value) => {
  const parts = plainParts(value);
  const kind = parts ? "function " + parts[0].value + "/" + parts[1].value + " " + flags(parts[0])
    : typeof value === "function" ? "function" : Array.isArray(value) ? "array" : "object";
  return kind + (Object.isFrozen(value) ? "" : Object.isExtensible(value) ? " (extensible)" : " (sealed)");
};

/* Names everybody knows come first: what is called `Map.prototype` is not called anything else. */
nameOf(globalThis, "globalThis");
for (const key of Object.getOwnPropertyNames(globalThis).sort()) {
  const value = globalThis[key];
  if (isObject(value)) {
    nameOf(value, key);
    if (isObject(value.prototype)) {
      nameOf(value.prototype, key + ".prototype");
    }
  }
}
const Callable = Object.getPrototypeOf(() => 0);
nameOf(Callable, "Function.prototype");

for (const [way, value] of roots) {
  lines.push(way + "  " + shown(value, way));
}
for (let i = 0; i < queue.length; i++) {
  const value = queue[i];
  const way = names.get(value);
  const parent = Object.getPrototypeOf(value);
  if (typeof value !== "function" || parent !== Callable) lines.push(way + ".[[Prototype]]  " + (parent === null ? "null" : shown(parent, way + ".[[Prototype]]")));
  const plain = plainParts(value);
  for (const key of Reflect.ownKeys(value)) {
    if (plain && (key === "name" || key === "length")) {
      continue;
    }
    const own = Object.getOwnPropertyDescriptor(value, key);
    const at = value === globalThis && typeof key === "string" ? key : way + (typeof key === "symbol" ? "" : ".") + keyOf(key);
    if ("value" in own) {
      lines.push(at + "  " + flags(own) + " " + shown(own.value, at));
      continue;
    }
    lines.push(at + "  " + flags(own) + " accessor");
    for (const verb of ["get", "set"]) {
      if (own[verb] !== undefined) {
        lines.push(verb + " " + at + "  " + shown(own[verb], verb + " " + at));
      }
    }
  }
}
return lines;
