// What agent() is asked, read and checked (L69–L83).

const OPTIONS = [
  "label", "phase", "schema", "model", "effort", "agentType", "keep",
  "timeoutMs", "stallMs", "retries", "maxTurns",
];

// What a conversation has from its first turn, for good.
const FIXED = ["model", "agentType"];

const { agentTypes } = wf.settings;

// Other tools' words for the same.
const SYNONYMS = {
  __proto__: null,
  thinking: "effort",
  thinkingEffort: "effort",
  definition: "agentType",
};
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
  "isolation", "tools", "mode", "permissions", "cwd", "goal", "max", "memory",
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
  if (effort !== undefined && !EFFORTS.includes(effort)) {
    throw wf.badArgument(`agent: effort must be one of ${EFFORTS.join(", ")}`);
  }
}

function checkType(agentType) {
  if (agentType !== undefined && !agentTypes.includes(agentType)) {
    const known = agentTypes.join(", ");
    throw wf.badArgument(`agent: there is no agentType "${agentType}"; known are ${known}`);
  }
}

function checkKeep(request) {
  if (request.keep !== undefined && typeof request.keep !== "boolean") {
    throw wf.badArgument("agent: keep must be true or false");
  }
  // Nothing is asked for that would not be so anyway.
  if (request.keep === false) delete request.keep;
}

function check(request) {
  const { prompt, label, phase, schema, model, agentType } = request;
  if (typeof prompt !== "string" || prompt.trim() === "") {
    throw wf.badArgument("agent: the prompt must be a non-empty string");
  }
  const texts = [
    ["label", label], ["phase", phase], ["model", model], ["agentType", agentType],
  ];
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
  checkType(agentType);
  checkKeep(request);
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

// The request that `continue(prompt, options)` means.
wf.continueRequest = (prompt, options) => {
  if (options !== undefined && (typeof options !== "object" || options === null)) {
    throw wf.badArgument("continue: options must be an object");
  }
  const request = options === undefined ? { __proto__: null } : readOptions(options, "prompt");
  for (let i = 0; i < FIXED.length; i++) {
    if (request[FIXED[i]] !== undefined) {
      throw wf.badArgument(`continue: the conversation keeps the ${FIXED[i]} it began with`);
    }
  }
  request.prompt = prompt;
  check(request);
  delete request.keep;
  return request;
};
