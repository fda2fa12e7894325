// What agent() is asked, read and checked (L69–L83).

const OPTIONS = [
  "label", "phase", "schema", "model", "effort", "agentType", "keep",
  "timeoutMs", "stallMs", "retries", "maxTurns",
];

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

// Options of parts that do not exist yet are refused, never silently dropped (L121).
const STAGED = wf.settings.staged.options;

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

// Written out per option, not as a table: this runs for each agent, in an interpreter.
function checkNumber(name, value, least, most) {
  if (value !== undefined && (!Number.isInteger(value) || value < least || value > most)) {
    const range = most === Infinity ? `above ${least - 1}` : `from ${least} to ${most}`;
    throw wf.badArgument(`agent: ${name} must be a whole number ${range}`);
  }
}

function checkText(name, value) {
  if (value !== undefined && (typeof value !== "string" || value === "")) {
    throw wf.badArgument(`agent: ${name} must be a non-empty string`);
  }
}

function checkEffort(effort) {
  if (effort !== undefined && !EFFORTS.includes(effort)) {
    throw wf.badArgument(`agent: effort must be one of ${EFFORTS.join(", ")}`);
  }
}

function checkType(agentType) {
  if (agentType === undefined) return;
  checkText("agentType", agentType);
  if (!agentTypes.includes(agentType)) {
    const known = agentTypes.join(", ");
    throw wf.badArgument(`agent: there is no agentType "${agentType}"; known are ${known}`);
  }
}

function checkKeep(request) {
  if (request.keep === undefined) return;
  if (typeof request.keep !== "boolean") {
    throw wf.badArgument("agent: keep must be true or false");
  }
  // Nothing is asked for that would not be so anyway.
  if (!request.keep) delete request.keep;
}

function check(request) {
  const { prompt, schema } = request;
  if (typeof prompt !== "string" || prompt.trim() === "") {
    throw wf.badArgument("agent: the prompt must be a non-empty string");
  }
  checkText("label", request.label);
  checkText("phase", request.phase);
  checkText("model", request.model);
  const shaped = typeof schema === "object" && schema !== null && !Array.isArray(schema);
  if (schema !== undefined && !shaped) {
    throw wf.badArgument("agent: schema must be a JSON Schema object");
  }
  checkEffort(request.effort);
  checkType(request.agentType);
  checkKeep(request);
  checkNumber("timeoutMs", request.timeoutMs, 1, Infinity);
  checkNumber("stallMs", request.stallMs, 1, Infinity);
  checkNumber("retries", request.retries, 0, 10);
  checkNumber("maxTurns", request.maxTurns, 1, 200);
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
  if (request.model !== undefined || request.agentType !== undefined) {
    throw wf.badArgument("continue: a conversation keeps the model and agentType it began with");
  }
  request.prompt = prompt;
  check(request);
  delete request.keep;
  return request;
};
