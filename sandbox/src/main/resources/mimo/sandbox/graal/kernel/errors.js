/*
 * Errors as the script sees them: stacks that name its own file only, and the two kinds of failure
 * the host reports.
 */
(function (k) {
  "use strict";
  const NativeError = globalThis.Error;
  const isPrototypeOf = globalThis.Object.prototype.isPrototypeOf;
  const names = [
    "Error", "EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError", "URIError",
    "AggregateError",
  ];
  const rawStacks = new k.WeakMap();
  const codes = new k.WeakMap();
  const places = new k.WeakMap();

  /** Replaces the engine's stack of an error by one that holds script frames only. */
  k.clean = (error) => {
    if (error === null || typeof error !== "object" || k.weakHas(rawStacks, error)) {
      return error;
    }
    try {
      const stack = k.describe(error, "stack");
      if (stack === undefined || typeof stack.value !== "string" || !stack.configurable) {
        return error;
      }
      // Data of the script may have a member of that name too.
      if (!k.apply(isPrototypeOf, NativeError.prototype, [error])) {
        return error;
      }
      k.weakSet(rawStacks, error, stack.value);
      k.hide(error, "stack", k.host.stack(stack.value));
    } catch {
      // A proxy that refuses to be looked at keeps what it has.
    }
    return error;
  };

  for (let i = 0; i < names.length; i++) {
    const name = names[i];
    const Native = globalThis[name];
    const Clean = {
      [name]: function (...args) {
        return k.clean(k.construct(Native, args, new.target === undefined ? Clean : new.target));
      },
    }[name];
    k.define(Clean, "length", { value: Native.length, configurable: true });
    k.define(Clean, "prototype", { value: Native.prototype, writable: false });
    k.hide(Native.prototype, "constructor", Clean);
    k.hide(globalThis, name, Clean);
    if (name !== "Error") {
      k.setProto(Clean, globalThis.Error);
    }
  }
  const CleanTypeError = globalThis.TypeError;

  /*
   * The engine loads what stacks need at the first one. At the end of a stack that would fail, and
   * what has failed to load once stays broken for the whole process.
   */
  k.clean((function first() { return new NativeError(); })());

  class WorkflowError extends globalThis.Error {
    constructor(code, message) {
      super(message);
      this.code = code;
    }
  }
  k.hide(WorkflowError.prototype, "name", "WorkflowError");
  /* No name leads to it, but every failure the host reports does. */
  k.WorkflowError = WorkflowError;

  k.workflowError = (code, message) => {
    const error = new WorkflowError(code, message);
    k.weakSet(codes, error, code);
    return error;
  };

  /** The failure of a call, which the engine knows no place for: it stands where the call stands. */
  k.workflowErrorAt = (place, code, message) => {
    const error = k.workflowError(code, message);
    k.weakSet(places, error, place);
    return error;
  };

  k.badArgument = (message) => {
    const error = new CleanTypeError(message);
    error.code = "bad_argument";
    k.weakSet(codes, error, "bad_argument");
    return error;
  };

  const textOf = (holder, key, otherwise) => {
    try {
      const value = holder[key];
      return typeof value === "string" ? value : otherwise;
    } catch {
      return otherwise;
    }
  };

  const asText = (value) => {
    try {
      return k.String(value);
    } catch {
      return "a value that has no text";
    }
  };

  /**
   * What was thrown: code, name, message and the engine's stack as texts, and where the call stands
   * that it is the failure of, or 0.
   */
  k.describeThrown = (thrown) => {
    if (thrown === null || (typeof thrown !== "object" && typeof thrown !== "function")) {
      return ["script_error", "Error", asText(thrown), "", 0];
    }
    k.clean(thrown);
    const code = k.weakGet(codes, thrown);
    return [
      code === undefined ? "script_error" : code,
      textOf(thrown, "name", "Error"),
      textOf(thrown, "message", "an object that is no error was thrown"),
      k.weakHas(rawStacks, thrown) ? k.weakGet(rawStacks, thrown) : "",
      k.weakHas(places, thrown) ? k.weakGet(places, thrown) : 0,
    ];
  };
});
