// The functions of the language in their plainest form, without places, losses or limits: enough to
// see whether a program does the same with its awaits rewritten and without. What it does is added
// to `trace`; calls wait in `open` until the test answers them.
(trace, open, args) => {
  const say = (word, ...values) => {
    const text = (value) => (typeof value === "string" ? value : JSON.stringify(value));
    trace.push(`${word} ${values.map(text).join(" ")}`);
  };
  const ask = (word, answer) =>
    new Promise((resolve, reject) => {
      say("asks", word);
      open.push(() => (/broken|fail/.test(word) ? reject(new Error(word)) : resolve(answer)));
    });
  const example = (schema) => {
    if (schema === undefined) return undefined;
    const { type, enum: words, items, properties, anyOf } = schema;
    if (words !== undefined) return words[0];
    if (anyOf !== undefined) return example(anyOf.at(-1));
    if (type === "array") return items === undefined ? [] : [example(items)];
    if (type === "boolean") return true;
    if (type === "integer" || type === "number") return 1;
    if (type === "string") return "text";
    const made = {};
    for (const key of Object.keys(properties ?? {})) made[key] = example(properties[key]);
    return made;
  };
  const agent = (prompt, options) => {
    const request = typeof prompt === "object" ? prompt : { prompt, ...options };
    const label = request.label ?? request.id ?? request.prompt;
    return ask(label, request.schema === undefined ? label : example(request.schema));
  };
  const slot = async (start) => {
    try {
      return await start();
    } catch (e) {
      say("lost", e.message);
      return null;
    }
  };
  const lossless = (result) => Object.defineProperty(result, "losses", { value: [] });
  const parallel = async (tasks) => {
    const keys = Object.keys(tasks);
    const values = await Promise.all(keys.map((key) => slot(tasks[key])));
    const result = Array.isArray(tasks) ? [] : {};
    keys.forEach((key, i) => (result[key] = values[i]));
    return lossless(result);
  };
  const pipeline = async (items, ...stages) =>
    lossless(
      await Promise.all(
        items.map((item, index) =>
          slot(async () => {
            let value = item;
            for (const stage of stages.flat().filter((each) => each.run ?? each.call)) {
              value = await (stage.run?.(value, world) ?? stage(value, item, index));
            }
            return value;
          }),
        ),
      ),
    );
  const dag = async (nodes, run) => {
    const ended = new Map();
    const start = (node) => {
      if (!ended.has(node.id)) {
        const needs = (node.dependsOn ?? []).map((id) => start(nodes.find((n) => n.id === id)));
        const result = Promise.all(needs).then((deps) => slot(() => run(node, deps)));
        ended.set(node.id, result.then((value) => ({ id: node.id, result: value })));
      }
      return ended.get(node.id);
    };
    return lossless(await Promise.all(nodes.map(start)));
  };
  const retry = async (thunk) => (await thunk(0)) ?? thunk(1);
  const gate = async (produce, validate) => {
    const first = await produce(undefined, 0);
    const verdict = await validate(first, 0);
    const value = (verdict?.ok ?? verdict) === true ? first : await produce(verdict?.feedback, 1);
    return { ok: true, value, verdict, attempts: 1 };
  };
  const verify = async () => ({
    real: await ask("verify", true), realCount: 1, total: 1, votes: [{ real: true, reason: "" }],
  });
  const judgePanel = async (candidates) => {
    await ask("judge", true);
    return { index: 0, attempt: candidates[0], score: 1, judgments: [] };
  };
  const loopUntilDry = async ({ round }) => [...((await round(0)) ?? []), ...((await round(1)) ?? [])];
  const completenessCheck = () => ask("critic", { complete: false, missing: ["more"] });
  const loop = async ({ initialState, run }) => (await run(initialState, world)).nextState;
  const kept = new Map();
  const world = {
    args, agent, parallel, pipeline, dag, retry, gate, verify, judgePanel, loopUntilDry,
    completenessCheck, loop,
    phase: (title) => say("enters", title),
    log: (...values) => say("says", ...values),
    agentId: (suffix) => `agent ${suffix}`,
    cwd: "/workspace",
    process: { cwd: () => "/workspace", env: {} },
    budget: { total: 5, unit: "tokens", spent: () => trace.length, remaining: () => 5 - trace.length },
    readFile: (path) => ask(path, '{"text": "a\\nb"}'),
    exists: (path) => ask(path, false),
    glob: (pattern) => ask(pattern, ["a.js", "lib/b.js"]),
    context: {
      set: (key, value) => kept.set(key, value),
      get: (key) => kept.get(key),
      append: (key, value) => kept.set(key, [...(kept.get(key) ?? []), value]),
      snapshot: () => Object.fromEntries(kept),
    },
    sleep: (time) => ask(time, undefined),
    approve: (question) => ask(question, true),
    ask: (question) => ask(question, "an answer"),
    checkpoint: (question) => ask(question, true),
    setTimeout: (fn, _, ...parts) => {
      if (typeof fn !== "function") throw new TypeError("no function");
      const timer = () => {
        try {
          fn(...parts);
        } catch (e) {
          say("is thrown", e.message);
        }
      };
      open.push(timer);
      return timer;
    },
    clearTimeout: (timer) => {
      const at = open.indexOf(timer);
      if (at >= 0) open.splice(at, 1);
    },
  };
  world.console = { info: world.log, warn: world.log, log: world.log };
  // A clock and dice that are the same for both.
  const Clock = class Date extends globalThis.Date {
    constructor(...parts) {
      super(...(parts.length === 0 ? [0] : parts));
    }
    static now() {
      return 0;
    }
  };
  Math.random = () => 0.5;
  Object.assign(globalThis, world, { Date: Clock });
};
