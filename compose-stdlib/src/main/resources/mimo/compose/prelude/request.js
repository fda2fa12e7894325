// What agent() is asked, read and checked (L69–L83).

const OPTIONS = ["label", "phase", "schema", "model", "timeoutMs"];

// Options of parts that do not exist yet are refused, never silently dropped (L121).
const STAGED = [
  "effort", "thinking", "thinkingEffort", "agentType", "definition", "isolation", "tools", "mode",
  "permissions", "stallMs", "retries", "maxTurns", "cwd", "goal", "max", "memory", "keep",
];

const warned = { __proto__: null };

function ownKeys(options) {
  const keys = [];
  for (const key in options) {
    if (Object.hasOwn(options, key)) keys[keys.length] = key;
  }
  return keys;
}

// Reads every option once: a getter of the script must not answer twice differently.
function readOptions(source, skipped) {
  const request = { __proto__: null };
  const keys = ownKeys(source);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    if (key === skipped) continue;
    const value = source[key];
    if (value === undefined) continue;
    if (OPTIONS.includes(key)) request[key] = value;
    else if (STAGED.includes(key)) {
      throw wf.error("not_available", `agent option "${key}" is not available in this version`);
    } else if (!warned[key]) {
      warned[key] = true;
      wf.note("warning", { message: `agent option "${key}" is unknown and ignored` });
    }
  }
  return request;
}

function check(request) {
  const { prompt, label, phase, schema, model, timeoutMs } = request;
  if (typeof prompt !== "string" || prompt.trim() === "") {
    throw wf.badArgument("agent: the prompt must be a non-empty string");
  }
  const texts = [["label", label], ["phase", phase], ["model", model]];
  for (let i = 0; i < texts.length; i++) {
    const value = texts[i][1];
    if (value !== undefined && (typeof value !== "string" || value === "")) {
      throw wf.badArgument(`agent: ${texts[i][0]} must be a non-empty string`);
    }
  }
  if (schema !== undefined && (typeof schema !== "object" || schema === null || Array.isArray(schema))) {
    throw wf.badArgument("agent: schema must be a JSON Schema object");
  }
  if (timeoutMs !== undefined && !(Number.isInteger(timeoutMs) && timeoutMs > 0)) {
    throw wf.badArgument("agent: timeoutMs must be a whole number above 0");
  }
}

// The request that `agent(prompt, options)` or `agent({prompt, ...options})` means.
wf.agentRequest = (prompt, options) => {
  const bare = typeof prompt === "object" && prompt !== null;
  const source = bare ? prompt : options;
  if (source !== undefined && (typeof source !== "object" || source === null)) {
    throw wf.badArgument("agent: options must be an object");
  }
  const request = source === undefined ? { __proto__: null } : readOptions(source, "prompt");
  request.prompt = bare ? prompt.prompt : prompt;
  check(request);
  return request;
};
