/* The kernel object `wf` of the library, and the life of one script: start, settle, end. */
(function (k) {
  "use strict";
  const pending = new k.Map();
  let calls = 0;
  let spent = 0;
  let state = "new";
  let outcome;

  /* What the main function of a script gets. */
  let entry = () => globalThis.args;

  /*
   * Runs out of stack here, where nothing has happened yet, rather than half-way into the host: a
   * call would have its number but never arrive.
   */
  const reserve = () => {
    if (!k.host.room()) {
      throw new k.RangeError("Maximum call stack size exceeded");
    }
  };

  const call = (name, args) => {
    reserve();
    const text = k.encodeArguments(args);
    if (state !== "running") {
      return new k.Promise(() => {});
    }
    const frame = k.frame();
    if (frame.path.length > k.limits.pathChars) {
      throw k.workflowError(
        "value_too_large",
        "the path of a call has at most " + k.limits.pathChars + " characters");
    }
    const number = ++calls;
    const waiting = { resolve: undefined, reject: undefined, place: 0 };
    const promise = new k.Promise((resolve, reject) => {
      waiting.resolve = resolve;
      waiting.reject = reject;
    });
    k.mapSet(pending, number, waiting);
    waiting.place = k.host.call(number, name, text, frame.path, frame.slot.text);
    return promise;
  };

  const note = (name, args) => {
    reserve();
    const text = k.encodeArguments(args);
    const frame = k.frame();
    if (state === "running" || state === "new") {
      const path = k.slice(frame.path, 0, k.limits.pathChars);
      k.host.note(name, text, path, frame.slot.text);
    }
  };

  /* All tags of a slot together stand in each of its frames, beside a value of full size. */
  const setTag = (key, value) => {
    const slot = k.frame().slot;
    const text = k.encode(value);
    const copy = k.create(null);
    for (const name in slot.tags) {
      copy[name] = k.decode(slot.tags[name]);
    }
    copy[key] = k.decode(text);
    const all = k.encode(copy);
    if (!k.host.tagsFit(all)) {
      throw k.workflowError(
        "value_too_large",
        "the tags of a part of the program have at most " + k.limits.tagBytes + " bytes as JSON");
    }
    slot.tags[key] = text;
    slot.text = all;
  };

  const tag = (key) => {
    const text = k.frame().slot.tags[key];
    return text === undefined ? undefined : k.decode(text);
  };

  const defineGlobal = (name, value) =>
    k.define(globalThis, name, { value, writable: false, enumerable: true, configurable: false });

  /** What the library gets. `args` and `settings` are there before its first file runs. */
  k.library = () => ({
    call,
    note,
    setTag,
    tag,
    inFrame: (segment, fn, ...args) => k.inFrame(segment, fn, args),
    within: (segment, fn, ...args) => k.within(segment, fn, args),
    frame: () => k.frame(),
    copy: (value) => k.decode(k.encode(value)),
    define: (name, value) => {
      defineGlobal(name, value);
    },
    settings: k.settings,
    args: k.args,
    spent: () => spent,
    now: k.now,
    badArgument: k.badArgument,
    error: k.workflowError,
    place: () => k.host.place(),
    errorAt: k.workflowErrorAt,
    entry: (make) => {
      entry = make;
    },
  });

  k.prepare = (argsText, settingsText, seedWords, clock, used) => {
    k.setClock(clock);
    spent = used;
    k.seed(k.decode(seedWords));
    k.args = argsText === null ? undefined : k.decode(argsText);
    k.settings = k.freezeData(k.decode(settingsText));
    k.wf = k.library();
  };

  k.runLibrary = (file) => {
    file(k.wf, k.restore, k.enter, k.awaited, k.iterated, k.clean);
  };

  /*
   * The files the script imports, in the order in which they run. Each holds the places of those
   * it imports itself.
   */
  const modules = [];
  let bodyTargets = [];

  k.addModule = (file, targets) => {
    modules[modules.length] = { file, targets: k.decode(targets), exports: k.create(null) };
  };

  k.linkBody = (targets) => {
    bodyTargets = k.decode(targets);
  };

  const importer = (targets) => (number) => modules[targets[number]].exports;

  const publish = (exports, name, get) =>
    k.define(exports, name, { get, enumerable: true, configurable: false });

  const runModule = ({ file, targets, exports }) => {
    const holder = {
      v: undefined,
      n: (getters) => {
        for (const name in getters) {
          publish(exports, name, getters[name]);
        }
      },
      s: (others) => {
        for (const name in others) {
          if (name !== "default" && !(name in exports)) {
            publish(exports, name, () => others[name]);
          }
        }
      },
    };
    file(k.restore, k.enter, k.awaited, k.iterated, k.clean, importer(targets), holder);
    k.freeze(exports);
  };

  /** False if one of them threw. */
  const runModules = () => {
    try {
      for (let i = 0; i < modules.length; i++) {
        runModule(modules[i]);
      }
      return true;
    } catch (thrown) {
      state = "ended";
      outcome = { thrown: k.describeThrown(thrown), error: thrown };
      return false;
    }
  };

  k.run = (body) => {
    if (!("args" in globalThis)) {
      defineGlobal("args", k.args);
    }
    k.freezeRealm(globalThis.args);
    state = "running";
    if (!runModules()) {
      return;
    }
    const root = k.frame();
    const holder = { v: undefined };
    const promise = body(
      k.restore, k.enter, k.awaited, k.iterated, k.clean, importer(bodyTargets), holder);
    const finished = (value) => {
      state = "ended";
      outcome = { value };
    };
    const failed = (thrown) => {
      state = "ended";
      outcome = { thrown: k.describeThrown(thrown), error: thrown };
    };
    /* A promise stands for what it resolves to. */
    const finishedWith = (value) => {
      try {
        k.then(value, finished, failed);
      } catch {
        finished(value);
      }
    };
    const runMain = (main) => {
      k.restore(root);
      try {
        finishedWith(main(entry()));
      } catch (thrown) {
        failed(thrown);
      }
    };
    k.then(
      promise,
      (value) => {
        if (value !== undefined) {
          finished(value);
        } else if (typeof holder.v === "function") {
          runMain(holder.v);
        } else {
          finishedWith(holder.v);
        }
      },
      failed);
  };

  k.settle = (number, resolved, text, code, clock, used) => {
    k.setClock(clock);
    spent = used;
    const promise = k.mapGet(pending, number);
    if (promise === undefined) {
      return false;
    }
    k.mapDelete(pending, number);
    if (resolved) {
      promise.resolve(k.decode(text));
    } else {
      promise.reject(k.workflowErrorAt(promise.place, code, text));
    }
    return true;
  };

  /** After each entry, once nothing runs: whether the script has ended, and how. */
  k.afterEntry = () => {
    if (state !== "ended") {
      return k.waiting();
    }
    state = "told";
    k.mapEach(k.unhandled, (reason) => {
      const [, name, message, , place] = k.describeThrown(reason);
      k.host.warn("unhandled rejection: " + name + ": " + message, reason, place);
    });
    if (outcome.thrown === undefined) {
      try {
        k.host.finish(k.encode(outcome.value));
        return -1;
      } catch (error) {
        outcome.thrown = k.describeThrown(error);
        outcome.error = error;
      }
    }
    const [code, name, message, stack, place] = outcome.thrown;
    k.host.fail(code, name, message, stack, outcome.error, place);
    return -1;
  };
});
