// sleep(duration), setTimeout(callback, duration?, …args) and clearTimeout(id): moments that come
// once, however often the run is resumed before (L50, L51).

const { checks } = wf;

const set = new Set();
let last = 0;

wf.define("sleep", function sleep(duration) {
  try {
    return wf.call("timer", { ms: wf.duration("sleep", duration) }).then(() => {});
  } catch (fault) {
    return Promise.reject(fault);
  }
});

wf.define("setTimeout", function setTimeout(callback, delay, ...args) {
  checks.functionIn("setTimeout", "the callback", callback);
  const ms = delay === undefined ? 0 : wf.duration("setTimeout", delay);
  const id = last + 1;
  const fired = wf.call("timer", { ms, id });
  last = id;
  set.add(id);
  fired.then(() => {
    if (set.delete(id)) callback(...args);
  });
  return id;
});

wf.define("clearTimeout", function clearTimeout(id) {
  if (set.delete(id)) wf.note("clear", { id });
});
