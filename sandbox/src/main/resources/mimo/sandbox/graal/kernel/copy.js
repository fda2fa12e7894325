/*
 * Values at the boundary. They leave as JSON text and come in as fresh objects, so nothing is
 * shared. Only own data properties are read, each once; no method of a value is ever called.
 */
(function (k) {
  "use strict";
  const DatePrototype = Date.prototype;
  const simple = /^[A-Za-z_$][\w$]*$/;
  const exec = RegExp.prototype.exec;

  const step = (path, key) => {
    if (typeof key === "number") {
      return path + "[" + key + "]";
    }
    if (k.apply(exec, simple, [key]) !== null) {
      return path === "" ? key : path + "." + key;
    }
    return path + "[" + k.stringify(key) + "]";
  };

  const refuse = (path, what) => {
    const where = path === "" ? "the value itself" : path;
    throw k.badArgument(where + " is " + what + "; only JSON-like values can be passed");
  };

  /*
   * `budget.left` is a lower bound of what the encoded value may still take. It stops values that
   * share their parts so cleverly that their text would fill the memory.
   */
  const copy = (value, path, depth, open, budget) => {
    budget.left -= 1;
    if (budget.left < 0) {
      throw k.workflowError("value_too_large", tooLarge());
    }
    switch (typeof value) {
      case "string":
        budget.left -= value.length;
        return value;
      case "number":
      case "boolean":
        return value;
      case "undefined":
        return null;
      case "bigint":
        return refuse(path, "a BigInt");
      case "symbol":
        return refuse(path, "a symbol");
      case "function":
        return refuse(path, "a function");
      default:
        return value === null ? null : copyObject(value, path, depth, open, budget);
    }
  };

  const tooLarge = () =>
    "a value that crosses the boundary has at most " + k.limits.valueBytes + " bytes as JSON";

  const copyObject = (value, path, depth, open, budget) => {
    if (depth >= k.limits.valueDepth) {
      throw k.workflowError(
        "value_too_large",
        "a value that crosses the boundary is nested at most " + k.limits.valueDepth + " levels");
    }
    for (let i = 0; i < open.length; i++) {
      if (open[i] === value) {
        return refuse(path, "a part of itself (a cycle)");
      }
    }
    if (protoOfDate(value)) {
      return k.isoDate(value);
    }
    open[depth] = value;
    const result = k.isArray(value)
      ? copyArray(value, path, depth, open, budget)
      : copyMembers(value, path, depth, open, budget);
    open.length = depth;
    return result;
  };

  const protoOfDate = (value) => {
    if (k.protoOf(value) !== DatePrototype) {
      return false;
    }
    try {
      k.isoDate(value);
      return true;
    } catch {
      return false;
    }
  };

  const copyArray = (value, path, depth, open, budget) => {
    const length = k.describe(value, "length").value;
    if (!(length <= budget.left)) {
      throw k.workflowError("value_too_large", tooLarge());
    }
    const result = [];
    for (let i = 0; i < length; i++) {
      const own = k.describe(value, i);
      if (own !== undefined && !("value" in own)) {
        refuse(step(path, i), "an accessor");
      }
      const member = own === undefined ? null : own.value;
      k.define(result, i, {
        value: copy(member, pathOf(path, i, member), depth + 1, open, budget),
        writable: true,
        enumerable: true,
        configurable: true,
      });
    }
    return result;
  };

  /* Paths are only spelled where something below may be refused. */
  const pathOf = (path, key, member) =>
    typeof member === "string" || typeof member === "number" ? path : step(path, key);

  const copyMembers = (value, path, depth, open, budget) => {
    const keys = k.ownKeys(value);
    const result = k.create(null);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i];
      const own = k.describe(value, key);
      if (own === undefined || !own.enumerable) {
        continue;
      }
      if (typeof key === "symbol") {
        refuse(path, "an object with a symbol as key");
      }
      if (!("value" in own)) {
        refuse(step(path, key), "an accessor");
      }
      if (own.value !== undefined) {
        budget.left -= key.length;
        result[key] = copy(own.value, pathOf(path, key, own.value), depth + 1, open, budget);
      }
    }
    return result;
  };

  /** The value as JSON text within the caps. */
  k.encode = (value) => {
    const text = k.stringify(copy(value, "", 0, [], { left: k.limits.valueBytes }));
    if (!k.host.fits(text)) {
      throw k.workflowError("value_too_large", tooLarge());
    }
    return text;
  };

  k.decode = (text) => k.parse(text);
});
