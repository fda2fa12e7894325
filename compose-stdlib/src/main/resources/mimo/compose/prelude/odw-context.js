// odw: `context`, a map of copies that the whole run shares (L68).

const values = new Map();

function checkKey(verb, key) {
  if (typeof key !== "string" || key === "") {
    throw wf.badArgument(`context.${verb}: the key must be a non-empty string`);
  }
}

function set(key, value) {
  checkKey("set", key);
  values.set(key, wf.copy(value));
}

function get(key) {
  checkKey("get", key);
  return values.has(key) ? wf.copy(values.get(key)) : undefined;
}

function append(key, value) {
  checkKey("append", key);
  const list = values.get(key) ?? [];
  if (!Array.isArray(list)) throw wf.badArgument(`context.append: "${key}" holds no list`);
  values.set(key, [...list, wf.copy(value)]);
}

function snapshot() {
  const all = {};
  values.forEach((value, key) =>
    Object.defineProperty(all, key, {
      value: wf.copy(value),
      writable: true,
      enumerable: true,
      configurable: true,
    }),
  );
  return all;
}

wf.define("context", { set, get, append, snapshot });

// What stages and rounds get beside their value (L67). `name` begins their ids.
wf.stageContext = (name, more) => {
  let ids = 0;
  const id = (suffix) => `${name}-${suffix ?? ++ids}`;
  const { agent, workflow, tool, log, sleep } = globalThis;
  return { agent, workflow, tool, log, sleep, agentId: id, toolId: id, ...more };
};

// A script may export its main function; it gets what the script also knows by name (L10).
wf.entry(() => {
  const { agent, tool, parallel, pipeline, workflow, loop, context, phase, log, args, cwd } =
    globalThis;
  return { agent, tool, parallel, pipeline, workflow, loop, context, phase, log, args, cwd };
});
