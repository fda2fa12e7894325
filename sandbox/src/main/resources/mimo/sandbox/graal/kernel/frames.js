/*
 * The logical frame: where in the program's structure the running code belongs. The compiler makes
 * async functions take it at entry and restore it wherever they go on; here it is kept, and carried
 * by the callbacks of promises.
 */
(function (k) {
  "use strict";
  const { Promise, apply, protoOf, define, then } = k;
  const nativeThen = Promise.prototype.then;
  const nativeFinally = Promise.prototype.finally;
  const PromisePrototype = Promise.prototype;
  const unhandled = new k.Map();
  let rejections = 0;
  let current = k.freeze({ path: "", slot: { tags: k.create(null), text: "{}" } });
  let waiting = -1;

  k.onUnhandled((reason, promise) => {
    if (promise !== undefined) {
      rejections++;
      k.mapSet(unhandled, promise, reason);
    }
  });
  const handled = (promise) => {
    if (rejections > 0) {
      k.mapDelete(unhandled, promise);
    }
  };
  k.unhandled = unhandled;

  k.frame = () => current;
  k.waiting = () => waiting;

  const escaped = (text) =>
    k.indexOf(text, "~") < 0 && k.indexOf(text, "/") < 0
      ? text
      : k.replaceAll(k.replaceAll(text, "~", "~0"), "/", "~1");

  const below = (segment) => {
    const name = escaped(k.String(segment));
    const step = name.length > k.limits.segmentChars ? k.host.abbreviated(name) : name;
    return current.path === "" ? step : current.path + "/" + step;
  };

  const runIn = (frame, fn, args) => {
    const outer = current;
    current = k.freeze(frame);
    try {
      return apply(fn, undefined, args);
    } finally {
      current = outer;
    }
  };

  /** Runs `fn` in a child frame; what it awaits stays there, what follows the call does not. */
  k.inFrame = (segment, fn, args) => {
    const { slot } = current;
    const tags = k.create(null);
    for (const key in slot.tags) {
      tags[key] = slot.tags[key];
    }
    return runIn({ path: below(segment), slot: { tags, text: slot.text } }, fn, args);
  };

  /** The same, but what `fn` tags stays tagged: the child frame belongs to the same slot. */
  k.within = (segment, fn, args) => runIn({ path: below(segment), slot: current.slot }, fn, args);

  k.enter = () => current;
  k.restore = (frame, value) => {
    current = frame;
    return value;
  };

  const inFrameOf = (frame, fn, clean) =>
    typeof fn !== "function"
      ? fn
      : (value) => {
          const before = current;
          current = frame;
          try {
            return fn(clean ? k.clean(value) : value);
          } finally {
            current = before;
          }
        };

  /** The value of an `await`: a custom thenable is called in the frame that awaits it. */
  k.awaited = (frame, value, site) => {
    if (site !== undefined) {
      waiting = site;
    }
    if (value === null || (typeof value !== "object" && typeof value !== "function")) {
      return value;
    }
    if (protoOf(value) === PromisePrototype) {
      handled(value);
      return value;
    }
    const method = value.then;
    if (typeof method !== "function") {
      return value;
    }
    return {
      then: (resolve, reject) => {
        const before = current;
        current = frame;
        try {
          return apply(method, value, [resolve, reject]);
        } finally {
          current = before;
        }
      },
    };
  };

  k.iterated = (frame, value, site) => {
    if (site !== undefined) {
      waiting = site;
    }
    return value;
  };

  /* A generator that goes on takes its own frame back; whoever asked for that keeps theirs. */
  const generators = protoOf((async function* () {}).prototype);
  const verbs = ["next", "return", "throw"];
  for (let i = 0; i < verbs.length; i++) {
    const verb = verbs[i];
    const native = generators[verb];
    k.hide(generators, verb, {
      [verb](value) {
        const before = current;
        try {
          return apply(native, this, arguments);
        } finally {
          current = before;
        }
      },
    }[verb]);
  }

  k.hide(PromisePrototype, "then", {
    then(onFulfilled, onRejected) {
      handled(this);
      const frame = current;
      return apply(nativeThen, this, [
        inFrameOf(frame, onFulfilled, false),
        inFrameOf(frame, onRejected, true),
      ]);
    },
  }.then);

  k.hide(PromisePrototype, "finally", {
    finally(onFinally) {
      handled(this);
      const frame = current;
      const callback =
        typeof onFinally !== "function" ? onFinally : inFrameOf(frame, () => onFinally(), false);
      return apply(nativeFinally, this, [callback]);
    },
  }.finally);
});
