/*
 * Values at the boundary. They leave as JSON text and come in as fresh objects, so nothing is
 * shared. Only own data properties are read, each once; no method of a value is ever called.
 */
(function (k) {
  "use strict";
  const DatePrototype = Date.prototype;
  const simple = /^[A-Za-z_$][\w$]*$/;
  const exec = RegExp.prototype.exec;

  const tooLarge = () =>
    k.workflowError(
      "value_too_large",
      "a value that crosses the boundary has at most " + k.limits.valueBytes + " bytes as JSON");

  const tooDeep = () =>
    k.workflowError(
      "value_too_large",
      "a value that crosses the boundary is nested at most " + k.limits.valueDepth + " levels");

  /* `walk.keys` are the keys that lead to the value at hand; they become a path only in a refusal. */
  const pathOf = (keys, depth) => {
    let path = "";
    for (let i = 0; i < depth; i++) {
      const key = keys[i];
      if (typeof key === "number") {
        path += "[" + key + "]";
      } else if (k.apply(exec, simple, [key]) !== null) {
        path += path === "" ? key : "." + key;
      } else {
        path += "[" + k.stringify(key) + "]";
      }
    }
    return path === "" ? "the value itself" : path;
  };

  const refusal = (walk, depth, what) =>
    k.badArgument(
      pathOf(walk.keys, depth) + " is " + what + "; only JSON-like values can be passed");

  /*
   * `walk.left` is a lower bound of what the encoded value may still take. It stops values that
   * share their parts so cleverly that their text would fill the memory.
   */
  const spend = (walk, bytes) => {
    walk.left -= bytes;
    if (walk.left < 0) {
      throw tooLarge();
    }
  };

  const copy = (value, depth, walk) => {
    switch (typeof value) {
      case "string":
        spend(walk, value.length + 3);
        return value;
      case "number":
      case "boolean":
        spend(walk, 2);
        return value;
      case "undefined":
        spend(walk, 5);
        return null;
      case "bigint":
        throw refusal(walk, depth, "a BigInt");
      case "symbol":
        throw refusal(walk, depth, "a symbol");
      case "function":
        throw refusal(walk, depth, "a function");
      default:
        spend(walk, 3);
        return value === null ? null : copyObject(value, depth, walk);
    }
  };

  const copyObject = (value, depth, walk) => {
    const open = walk.open;
    if (depth >= k.limits.valueDepth) {
      throw tooDeep();
    }
    for (let i = 0; i < depth; i++) {
      if (open[i] === value) {
        throw refusal(walk, depth, "a part of itself (a cycle)");
      }
    }
    if (k.protoOf(value) === DatePrototype) {
      const text = dateText(value);
      if (text !== undefined) {
        return text;
      }
    }
    open[depth] = value;
    return k.isArray(value) ? copyArray(value, depth, walk) : copyMembers(value, depth, walk);
  };

  /* What only looks like a date has no text. */
  const dateText = (value) => {
    try {
      return k.isoDate(value);
    } catch {
      return undefined;
    }
  };

  const copyArray = (value, depth, walk) => {
    const length = k.describe(value, "length").value;
    // A proxy may call anything the length of its array.
    if (typeof length !== "number" || !(length <= walk.left)) {
      throw tooLarge();
    }
    const result = [];
    for (let i = 0; i < length; i++) {
      const own = k.describe(value, i);
      walk.keys[depth] = i;
      if (own !== undefined && !("value" in own)) {
        throw refusal(walk, depth + 1, "an accessor");
      }
      result[i] = copy(own === undefined ? null : own.value, depth + 1, walk);
    }
    return result;
  };

  const copyMembers = (value, depth, walk) => {
    const keys = k.ownKeys(value);
    const result = k.create(null);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i];
      const own = k.describe(value, key);
      if (own === undefined || !own.enumerable) {
        continue;
      }
      if (typeof key === "symbol") {
        throw refusal(walk, depth, "an object with a symbol as key");
      }
      walk.keys[depth] = key;
      // As a text it is an escape in JSON, but as a name it has no bytes that a reader would take.
      if (!k.isWellFormed(key)) {
        throw refusal(walk, depth + 1, "under a key with half a surrogate pair");
      }
      if (!("value" in own)) {
        throw refusal(walk, depth + 1, "an accessor");
      }
      if (own.value !== undefined) {
        spend(walk, key.length);
        result[key] = copy(own.value, depth + 1, walk);
      }
    }
    return result;
  };

  const text = (plain) => {
    const json = k.stringify(plain);
    if (!k.host.fits(json)) {
      throw tooLarge();
    }
    return json;
  };

  const walkOf = () => ({ left: k.limits.valueBytes, open: [], keys: [] });

  /** The value as JSON text within the caps. */
  k.encode = (value) => text(copy(value, 0, walkOf()));

  /**
   * The same for the arguments of a call, an object the library has just made: its own members need
   * no second look, only what they hold does.
   */
  k.encodeArguments = (made) => {
    const walk = walkOf();
    const result = k.create(null);
    walk.open[0] = made;
    for (const key in made) {
      const value = made[key];
      if (value !== undefined) {
        walk.keys[0] = key;
        result[key] = copy(value, 1, walk);
      }
    }
    return text(result);
  };

  k.decode = (text) => k.parse(text);
});
