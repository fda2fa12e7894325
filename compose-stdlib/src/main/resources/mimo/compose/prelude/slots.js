// The slots of parallel, pipeline and dag: each runs on its own, and what it loses is told by a
// hidden `losses` of the result (L22, L100, L108).

const { losses } = wf;

// In this dialect a slot that throws takes the whole batch with it.
const rejects = wf.settings.dialect === "mimocode";

function checkLength(where, length) {
  const cap = wf.settings.maxItems;
  if (length > cap) {
    throw wf.error("list_cap", `${where}: ${length} items exceed the limit of ${cap}`);
  }
}

// Whether nobody has given this promise a `then` or `constructor` of its own.
function plain(value) {
  return value instanceof Promise &&
    Object.getPrototypeOf(value) === Promise.prototype &&
    Reflect.ownKeys(value).length === 0;
}

// A promise without surprises, whatever `start` returns or throws: a script's object may lie about
// `then`. What an async function returns is one as it is.
function attempt(start) {
  try {
    const value = start();
    return plain(value) ? value : new Promise((resolve) => resolve(value));
  } catch (fault) {
    return Promise.reject(fault);
  }
}

// What became of a slot, once `promise` settles: its value, and the loss that made it null.
function outcome(strand, label, promise) {
  return promise.then(
    (value) => ({ value, loss: value === null ? losses.latest(strand) : undefined, threw: false }),
    (fault) => ({ value: null, loss: losses.threw(strand, label, fault), threw: true }),
  );
}

// The same as this dialect has it.
function settled(strand, label, promise) {
  if (!rejects) return outcome(strand, label, promise);
  return promise.then((value) => outcome(strand, label, Promise.resolve(value)));
}

// Runs `start` as a slot with a frame of its own.
function run(segment, label, start) {
  const strand = losses.open();
  return losses.enter(wf.inFrame, segment, strand, () => settled(strand, label, attempt(start)));
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

function finish(keys, outcomes, result) {
  const lost = [];
  const named = !Array.isArray(result);
  for (let i = 0; i < keys.length; i++) {
    const { value, loss } = outcomes[i];
    put(result, keys[i], value);
    if (loss !== undefined) {
      const entry = { index: i, label: loss.label, reason: loss.reason };
      if (named) entry.key = keys[i];
      lost[lost.length] = Object.freeze(entry);
    }
  }
  // A map may have a slot of that name; then the script gets what it asked for.
  if (!Object.hasOwn(result, "losses")) {
    Object.defineProperty(result, "losses", { value: Object.freeze(lost) });
  }
  return result;
}

// Resolves once all outcomes are there, to `result` filled under the matching keys.
function gather(keys, promises, result) {
  return new Promise((resolve, reject) => {
    const outcomes = [];
    let open = keys.length;
    if (open === 0) resolve(finish(keys, outcomes, result));
    for (let i = 0; i < keys.length; i++) {
      promises[i].then((outcome) => {
        outcomes[i] = outcome;
        if (--open === 0) resolve(finish(keys, outcomes, result));
      }, reject);
    }
  });
}

// Asks for the length once, and before anything is made of that length: it may be four thousand
// million, and a proxy may say another one each time.
function indexes(where, list) {
  const length = Number(list.length);
  checkLength(where, length);
  const keys = [];
  for (let i = 0; i < length; i++) keys[i] = i;
  return keys;
}

// What an array of the script holds, read once.
function copied(where, list) {
  const copy = [];
  const keys = indexes(where, list);
  for (let i = 0; i < keys.length; i++) copy[i] = list[i];
  return copy;
}

wf.slots = { attempt, checkLength, copied, gather, indexes, outcome, run, settled };
