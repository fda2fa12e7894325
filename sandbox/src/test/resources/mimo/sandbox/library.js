/* A small library for tests: what the real one does with the kernel, in a few lines. */
const isThunk = (value) => typeof value === "function";

wf.define("agent", (prompt, options) => wf.call("agent", { prompt, options }));
wf.define("log", (...values) => wf.note("log", { values }));
wf.define("spent", () => wf.spent());
wf.define("settings", wf.settings);
wf.define("phase", (title) => wf.setTag("phase", title));
wf.define("phaseNow", () => wf.tag("phase"));
wf.define("refuse", (message) => { throw wf.badArgument(message); });
wf.define("fail", (code, message) => { throw wf.error(code, message); });
wf.define("tools", { nested: { list: [1, 2] }, run: () => "ran" });

wf.define("parallel", async (thunks) => {
  if (!thunks.every(isThunk)) {
    throw wf.badArgument("parallel takes functions");
  }
  return Promise.all(thunks.map((thunk, index) => wf.inFrame("p" + index, async () => thunk())));
});

wf.define("pipeline", async (items, ...stages) =>
  Promise.all(items.map((item, index) =>
    wf.inFrame("l" + index, async () => {
      let value = item;
      for (let stage = 0; stage < stages.length; stage++) {
        value = await wf.inFrame(String(stage), () => stages[stage](value, item, index));
      }
      return value;
    }))));

wf.define("twice", async (thunk) => {
  await thunk();
  return thunk();
});

wf.define("inner", (name, fn) => wf.inFrame(name, fn));
