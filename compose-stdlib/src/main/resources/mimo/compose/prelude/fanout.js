// parallel(tasks) and pipeline(items, ...stages): many strands of work at once (L41, L42).
//
// A strand that throws loses its slot: the slot is null, the loss is reported, the others go on.

const LOST = null;

// A script may throw anything: what it threw may throw again when looked at, or be too long to
// cross the boundary. The slot is lost all the same.
const LONGEST_REASON = 64;
const LONGEST_MESSAGE = 8192;
const LONGEST_SLOT = 256;

function reasonOf(fault) {
  try {
    const code = typeof fault === "object" && fault !== null ? fault.code : "";
    const named = typeof code === "string" && code !== "" && code.length <= LONGEST_REASON;
    return named ? code : "thrown";
  } catch {
    return "thrown";
  }
}

function messageOf(fault) {
  try {
    const text = String(typeof fault === "object" && fault !== null ? fault.message : fault);
    return text.length > LONGEST_MESSAGE ? text.slice(0, LONGEST_MESSAGE) + "…" : text;
  } catch {
    return "a value that cannot be shown";
  }
}

function lose(slot, fault) {
  wf.note("lost", {
    slot: slot.length > LONGEST_SLOT ? slot.slice(0, LONGEST_SLOT) + "…" : slot,
    reason: reasonOf(fault),
    message: messageOf(fault),
    phase: wf.tag("phase"),
  });
  return LOST;
}

function checkLength(where, length) {
  const cap = wf.settings.maxItems;
  if (length > cap) {
    throw wf.error("list_cap", `${where}: ${length} items exceed the limit of ${cap}`);
  }
}

// A promise of our own, whatever `start` returns or throws: a script's object may lie about `then`.
function attempt(start) {
  return new Promise((resolve) => resolve(start()));
}

// Runs `start` in its own frame and resolves to its value, or to null if it throws.
function strand(segment, slot, start) {
  return wf.inFrame(segment, () => attempt(start).then(undefined, (fault) => lose(slot, fault)));
}

// `result[key] = value`, also for keys such as "__proto__".
function put(result, key, value) {
  Object.defineProperty(result, key, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

// Resolves once all `promises` have, filling `result` under the matching keys.
function barrier(keys, promises, result) {
  return new Promise((resolve, reject) => {
    let open = keys.length;
    if (open === 0) resolve(result);
    for (let i = 0; i < keys.length; i++) put(result, keys[i], null);
    for (let i = 0; i < keys.length; i++) {
      promises[i].then((value) => {
        put(result, keys[i], value);
        if (--open === 0) resolve(result);
      }, reject);
    }
  });
}

// Asks for the length once, and before anything is made of that length: it may be four thousand
// million, and a proxy may say another one each time.
function keysOf(where, tasks) {
  if (!Array.isArray(tasks)) {
    const keys = Object.keys(tasks);
    checkLength(where, keys.length);
    return keys;
  }
  const length = Number(tasks.length);
  checkLength(where, length);
  const indexes = [];
  for (let i = 0; i < length; i++) indexes[i] = i;
  return indexes;
}

wf.define("parallel", function parallel(tasks) {
  try {
    if (typeof tasks !== "object" || tasks === null) {
      throw wf.badArgument("parallel: expected an array of functions, or an object of them");
    }
    const keys = keysOf("parallel", tasks);
    const thunks = [];
    for (let i = 0; i < keys.length; i++) {
      const thunk = tasks[keys[i]];
      if (typeof thunk !== "function") {
        throw wf.badArgument(
          `parallel: member ${keys[i]} is no function; write () => agent(...), not agent(...)`,
        );
      }
      thunks[i] = thunk;
    }
    const started = [];
    for (let i = 0; i < keys.length; i++) {
      started[i] = strand(`p${keys[i]}`, `parallel[${keys[i]}]`, () => thunks[i]());
    }
    return barrier(keys, started, Array.isArray(tasks) ? [] : {});
  } catch (fault) {
    return Promise.reject(fault);
  }
});

// One item's way through the stages; a lost stage ends it, a stage's own null passes on.
function travel(item, index, stages) {
  const enter = (stage, previous) =>
    wf.inFrame(`l${index}.${stage}`, () => attempt(() => stages[stage](previous, item, index)));
  const onward = (stage, previous) =>
    stage === stages.length
      ? previous
      : enter(stage, previous).then((value) => onward(stage + 1, value));
  return attempt(() => onward(0, item)).then(undefined, (fault) =>
    lose(`pipeline[${index}]`, fault),
  );
}

wf.define("pipeline", function pipeline(items, ...stages) {
  try {
    if (!Array.isArray(items)) throw wf.badArgument("pipeline: items must be an array");
    const keys = keysOf("pipeline", items);
    for (let i = 0; i < stages.length; i++) {
      if (typeof stages[i] !== "function") {
        throw wf.badArgument(`pipeline: stage ${i + 1} is no function`);
      }
    }
    const copies = [];
    for (let i = 0; i < keys.length; i++) copies[i] = items[i];
    const started = [];
    for (let i = 0; i < keys.length; i++) started[i] = travel(copies[i], i, stages);
    return barrier(keys, started, []);
  } catch (fault) {
    return Promise.reject(fault);
  }
});
