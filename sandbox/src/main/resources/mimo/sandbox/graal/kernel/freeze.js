/*
 * Makes everything a script can reach unchangeable. An inherited property that is not writable also
 * forbids assigning an own one of that name, which honest code does (`this.name = …` in an error
 * class): such properties become accessors whose setter defines the own property.
 */
(function (k) {
  "use strict";
  const { define, describe, ownKeys, protoOf } = k;

  const overridable = (holder, name) => {
    const own = describe(holder, name);
    if (own === undefined || !("value" in own) || !own.configurable) {
      return;
    }
    const value = own.value;
    const accessor = {
      get [name]() {
        return value;
      },
      set [name](replacement) {
        if (this === holder || this === null || typeof this !== "object" && typeof this !== "function") {
          throw new globalThis.TypeError("Cannot assign to read only property '" + k.String(name) + "'");
        }
        const done = define(this, name, {
          value: replacement, writable: true, enumerable: true, configurable: true,
        });
        if (!done) {
          throw new globalThis.TypeError("Cannot add property '" + k.String(name) + "'");
        }
      },
    };
    const pair = describe(accessor, name);
    define(holder, name, { get: pair.get, set: pair.set, enumerable: own.enumerable });
  };

  const overridableAll = (holder) => {
    const keys = ownKeys(holder);
    for (let i = 0; i < keys.length; i++) {
      if (keys[i] !== "__proto__") {
        overridable(holder, keys[i]);
      }
    }
  };

  k.freezeAll = (roots, skipped) => {
    const seen = new k.WeakSet();
    const queue = [];
    const add = (value) => {
      if (value !== null && (typeof value === "object" || typeof value === "function")) {
        if (!k.marked(seen, value)) {
          k.mark(seen, value);
          k.push(queue, value);
        }
      }
    };
    if (skipped !== undefined && skipped !== null && typeof skipped === "object") {
      k.mark(seen, skipped);
    }
    for (let i = 0; i < roots.length; i++) {
      add(roots[i]);
    }
    for (let i = 0; i < queue.length; i++) {
      const value = queue[i];
      k.freeze(value);
      add(protoOf(value));
      const keys = ownKeys(value);
      for (let j = 0; j < keys.length; j++) {
        const own = describe(value, keys[j]);
        add(own.value);
        add(own.get);
        add(own.set);
      }
    }
  };

  /** Freezes a tree of plain data, and only that. */
  k.freezeData = (value) => {
    if (value !== null && typeof value === "object") {
      k.freeze(value);
      const keys = ownKeys(value);
      for (let i = 0; i < keys.length; i++) {
        k.freezeData(value[keys[i]]);
      }
    }
    return value;
  };

  /** Everything reachable from the language itself, named or not. */
  k.freezeRealm = (args) => {
    const errors = [
      "Error", "EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError", "URIError",
      "AggregateError",
    ];
    overridableAll(Object.prototype);
    for (let i = 0; i < errors.length; i++) {
      overridableAll(globalThis[errors[i]].prototype);
    }
    overridableAll(k.WorkflowError.prototype);
    const others = [
      [Array.prototype, "toString"], [Array.prototype, "constructor"], [Array.prototype, "push"],
      [Array.prototype, "concat"], [Date.prototype, "constructor"], [Date.prototype, "toString"],
      [Map.prototype, "constructor"], [Map.prototype, "get"], [Map.prototype, "set"],
      [Map.prototype, "has"], [Map.prototype, "delete"], [Set.prototype, "constructor"],
      [Set.prototype, "add"], [Set.prototype, "has"], [Set.prototype, "delete"],
      [protoOf(() => 0), "constructor"], [protoOf(() => 0), "toString"],
      [protoOf(() => 0), "bind"], [protoOf(() => 0), "call"], [protoOf(() => 0), "apply"],
    ];
    for (let i = 0; i < others.length; i++) {
      overridable(others[i][0], others[i][1]);
    }
    k.freezeAll([
      globalThis, k.WorkflowError,
      function* () {}, async function () {}, async function* () {}, () => 0,
      (function* () {})(), (async function* () {})(),
      [][Symbol.iterator](), ""[Symbol.iterator](), new Map().entries(), new Set().values(),
      /x/[Symbol.matchAll]("x"), [].values().map((x) => x), Iterator.from({ next() {} }),
      describe(function () { "use strict"; return arguments; }(), "callee").get,
    ], args);
  };
});
