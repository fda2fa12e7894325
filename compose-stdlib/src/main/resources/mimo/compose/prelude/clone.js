// structuredClone(value): a deep copy that keeps cycles, dates, maps, sets and bytes (L60).

const ERRORS = {
  __proto__: null,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
};
const views = [
  Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array,
  Float32Array, Float64Array, BigInt64Array, BigUint64Array, DataView,
];

function refuse(what) {
  return wf.badArgument(`structuredClone: ${what} cannot be cloned`);
}

// Whether `method` accepts the value as one of its own kind, whatever its prototype says.
function accepts(method, value) {
  try {
    method.call(value);
    return true;
  } catch {
    return false;
  }
}

const getter = (holder, name) => Object.getOwnPropertyDescriptor(holder.prototype, name).get;
const sizeOfMap = getter(Map, "size");
const sizeOfSet = getter(Set, "size");
const bytesOfBuffer = getter(ArrayBuffer, "byteLength");

function cloneView(value, copy) {
  const Kind = views.find((each) => value instanceof each);
  if (Kind === undefined) throw refuse("this view of bytes");
  const length = Kind === DataView ? value.byteLength : value.length;
  return new Kind(copy(value.buffer), value.byteOffset, length);
}

function cloneError(value) {
  const Kind = ERRORS[value.name] ?? Error;
  const own = Object.getOwnPropertyDescriptor(value, "message");
  return own === undefined ? new Kind() : new Kind(`${own.value}`);
}

// Kinds with insides that are no properties; undefined for all others.
function cloneSpecial(value, copy) {
  if (accepts(Date.prototype.getTime, value)) return new Date(Date.prototype.getTime.call(value));
  if (value instanceof RegExp) return new RegExp(value.source, value.flags);
  if (accepts(bytesOfBuffer, value)) return ArrayBuffer.prototype.slice.call(value, 0);
  if (ArrayBuffer.isView(value)) return cloneView(value, copy);
  if (value instanceof Error) return cloneError(value);
  if (value instanceof Boolean || value instanceof Number || value instanceof String) {
    return Object(value.valueOf());
  }
  return undefined;
}

function isPlain(value) {
  const proto = Object.getPrototypeOf(value);
  return proto === null || proto === Object.prototype || Array.isArray(value);
}

function refuseForeign(value) {
  const foreign = [
    [Promise, "a promise"], [WeakMap, "a WeakMap"], [WeakSet, "a WeakSet"], [Symbol, "a symbol"],
  ];
  const found = foreign.find(([kind]) => value instanceof kind);
  if (found !== undefined) throw refuse(found[1]);
}

function define(target, key, value) {
  Object.defineProperty(target, key, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

function cloneMembers(value, target, copy) {
  const keys = Object.keys(value);
  for (let i = 0; i < keys.length; i++) define(target, keys[i], copy(value[keys[i]]));
  return target;
}

function cloneObject(value, seen, copy) {
  if (!isPlain(value)) {
    refuseForeign(value);
    const special = cloneSpecial(value, copy);
    if (special !== undefined) {
      seen.set(value, special);
      return special;
    }
    if (accepts(sizeOfMap, value)) {
      const map = new Map();
      seen.set(value, map);
      [...Map.prototype.entries.call(value)].forEach(([k, v]) => map.set(copy(k), copy(v)));
      return map;
    }
    if (accepts(sizeOfSet, value)) {
      const set = new Set();
      seen.set(value, set);
      [...Set.prototype.values.call(value)].forEach((each) => set.add(copy(each)));
      return set;
    }
  }
  const target = Array.isArray(value) ? new Array(value.length) : {};
  seen.set(value, target);
  return cloneMembers(value, target, copy);
}

wf.define("structuredClone", function structuredClone(value, options) {
  if (arguments.length === 0) throw wf.badArgument("structuredClone: there is nothing to clone");
  if (options?.transfer?.length > 0) {
    throw wf.badArgument("structuredClone: nothing can be transferred, only copied");
  }
  const seen = new Map();
  const copy = (each) => {
    if (typeof each === "function") throw refuse("a function");
    if (typeof each === "symbol") throw refuse("a symbol");
    if (typeof each !== "object" || each === null) return each;
    return seen.has(each) ? seen.get(each) : cloneObject(each, seen, copy);
  };
  return copy(value);
});
