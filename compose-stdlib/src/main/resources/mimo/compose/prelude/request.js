// What agent() is asked, read and checked (L69–L83).

const OPTIONS = [
  "label", "phase", "schema", "model", "effort", "timeoutMs", "stallMs", "retries", "maxTurns",
];

// Other tools' words for the same.
const SYNONYMS = { __proto__: null, thinking: "effort", thinkingEffort: "effort" };
if (wf.settings.dialect === "odw") SYNONYMS.id = "label";

const EFFORTS = ["off", "minimal", "low", "medium", "high", "xhigh", "max"];

// The whole numbers among the options, and what they may be.
const NUMBERS = [
  ["timeoutMs", 1, Infinity],
  ["stallMs", 1, Infinity],
  ["retries", 0, 10],
  ["maxTurns", 1, 200],
];

// Options of parts that do not exist yet are refused, never silently dropped (L121).
const STAGED = [
  "agentType", "definition", "isolation", "tools", "mode", "permissions", "cwd", "goal", "max",
  "memory", "keep",
];

const warned = { __proto__: null };

function warnOnce(key, message) {
  if (warned[key]) return;
  warned[key] = true;
  wf.note("warning", { message });
}

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
    const name = SYNONYMS[key] ?? key;
    if (OPTIONS.includes(name)) request[name] = key === name ? value : request[name] ?? value;
    else if (STAGED.includes(key)) {
      throw wf.error("not_available", `agent option "${key}" is not available in this version`);
    } else {
      warnOnce(key, `agent option "${key}" is unknown and ignored`);
    }
  }
  return request;
}

function checkNumber(request, [name, least, most]) {
  const value = request[name];
  if (value === undefined) return;
  if (!Number.isInteger(value) || value < least || value > most) {
    const range = most === Infinity ? `above ${least - 1}` : `from ${least} to ${most}`;
    throw wf.badArgument(`agent: ${name} must be a whole number ${range}`);
  }
}

function checkEffort(effort) {
  if (effort === undefined) return;
  if (!EFFORTS.includes(effort)) {
    throw wf.badArgument(`agent: effort must be one of ${EFFORTS.join(", ")}`);
  }
  // Which models take which level is not known here: a level sent to one that takes none would
  // lose the agent.
  warnOnce("effort", 'agent option "effort" is noted, but models think as they are set up');
}

function check(request) {
  const { prompt, label, phase, schema, model } = request;
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
  const shaped = typeof schema === "object" && schema !== null && !Array.isArray(schema);
  if (schema !== undefined && !shaped) {
    throw wf.badArgument("agent: schema must be a JSON Schema object");
  }
  checkEffort(request.effort);
  for (let i = 0; i < NUMBERS.length; i++) checkNumber(request, NUMBERS[i]);
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
