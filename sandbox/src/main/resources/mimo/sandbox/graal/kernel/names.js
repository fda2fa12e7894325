/* Takes away what a script must not have. The engine's policy admits no options for these. */
(function (k) {
  "use strict";
  const graal = globalThis.Graal;
  k.onUnhandled = graal.setUnhandledPromiseRejectionHandler;

  const gone = [
    "eval", "Function", "load", "loadWithNewGlobal", "print", "printErr", "console", "java", "Java",
    "javax", "javafx", "com", "org", "edu", "Packages", "JavaImporter", "Graal", "Polyglot",
    "AsyncContext", "SharedArrayBuffer", "Atomics", "WebAssembly", "Intl", "Temporal",
    "performance", "WeakRef", "FinalizationRegistry", "ShadowRealm", "arguments", "quit", "exit",
    "read", "readFully", "readbuffer", "readline", "require", "setInterval", "fetch",
    "queueMicrotask", "structuredClone", "setTimeout", "clearTimeout", "crypto",
  ];
  for (let i = 0; i < gone.length; i++) {
    k.remove(globalThis, gone[i]);
  }

  /* RegExp remembers its last match for everybody: a channel between parts that share nothing. */
  const own = k.ownKeys(RegExp);
  const kept = new k.Map([["length", 1], ["name", 1], ["prototype", 1], ["escape", 1]]);
  for (let i = 0; i < own.length; i++) {
    if (typeof own[i] === "string" && k.mapGet(kept, own[i]) === undefined) {
      k.remove(RegExp, own[i]);
    }
  }
});
