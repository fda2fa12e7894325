// What agent() is asked, read and checked (L69–L83).

const OPTIONS = [
  "label", "phase", "schema", "model", "effort", "agentType", "keep",
  "timeoutMs", "stallMs", "retries", "maxTurns", "cwd", "tools", "mode", "isolation",
  "memory", "goal", "max",
];

// What a conversation has from its first turn.
const LASTING = ["model", "agentType", "cwd", "tools", "mode", "isolation", "memory"];

const { agentTypes } = wf.settings;

// Other tools' words for the same.
const SYNONYMS = {
  __proto__: null,
  thinking: "effort",
  thinkingEffort: "effort",
  definition: "agentType",
};
if (wf.settings.dialect === "odw") SYNONYMS.id = "label";

// What an agent may do: only look, all that the run may, or more than that, which nobody gets.
const LOOKING = ["read-only", "plan", "explore"];
const USUAL = ["default", "workspace-write"];
const WIDER = ["acceptEdits", "auto", "dontAsk", "bypassPermissions", "danger-full-access"];

const EFFORTS = ["off", "minimal", "low", "medium", "high", "xhigh", "max"];

// Options of parts that do not exist yet are refused, never silently dropped (L121).

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

// Of `permissions` only the mode has a meaning for one agent.
function permitted(permissions) {
  if (typeof permissions !== "object" || permissions === null || Array.isArray(permissions)) {
    throw wf.badArgument("agent: permissions must be an object such as {mode}");
  }
  const keys = ownKeys(permissions);
  for (let i = 0; i < keys.length; i++) {
    const name = `permissions.${keys[i]}`;
    if (name !== "permissions.mode") {
      warnOnce(name, `agent option "${name}" is unknown and ignored`);
    }
  }
  return permissions.mode;
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
    if (key === "permissions") request.mode = request.mode ?? permitted(value);
    else if (OPTIONS.includes(name)) request[name] = key === name ? value : request[name] ?? value;
    else warnOnce(key, `agent option "${key}" is unknown and ignored`);
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

// Tools are named in any case; the script's own list is copied, since it may change it.
function checkTools(request) {
  const { tools } = request;
  if (tools === undefined) return;
  if (!Array.isArray(tools)) throw wf.badArgument("agent: tools must be a list of names");
  const names = [];
  for (let i = 0; i < tools.length; i++) {
    const name = tools[i];
    if (typeof name !== "string" || name === "") {
      throw wf.badArgument("agent: tools must be a list of names");
    }
    names[i] = name.toLowerCase();
  }
  request.tools = names;
}

// Goes on as "read-only", or as nothing where it narrows nothing.
function checkMode(request) {
  const { mode } = request;
  if (mode === undefined) return;
  if (LOOKING.includes(mode)) {
    request.mode = "read-only";
    return;
  }
  if (WIDER.includes(mode)) {
    warnOnce(`mode ${mode}`, `agent mode "${mode}" is more than a script can give: the run's holds`);
  } else if (!USUAL.includes(mode)) {
    const known = [...LOOKING, ...USUAL].join(", ");
    throw wf.badArgument(`agent: mode must be one of ${known}`);
  }
  delete request.mode;
}

// Whether the folder is there, and where links lead, is seen when the agent starts.
function checkCwd({ cwd }) {
  if (cwd === undefined) return;
  checkText("cwd", cwd);
  if (cwd.startsWith("/") || cwd.split("/").includes("..")) {
    throw wf.error("path_escape", `agent: the cwd "${cwd}" is not below the workspace`);
  }
}

function checkIsolation(request) {
  if (request.isolation === undefined) return;
  if (request.isolation !== "worktree") {
    throw wf.badArgument('agent: isolation must be "worktree"');
  }
  if (request.keep === true) {
    throw wf.badArgument("agent: keep and isolation exclude each other: a worktree is for one turn");
  }
  if (wf.settings.dialect === "mimocode") request.tellsWorktree = true;
}

function checkMemory({ memory }) {
  if (memory !== undefined && memory !== "project" && memory !== "none") {
    throw wf.badArgument('agent: memory must be "project" or "none"');
  }
}

// A goal goes on as the script wrote it, but for what may change under way (L79).
function checkGoal(request) {
  const { goal } = request;
  if (goal === undefined || typeof goal === "string") {
    checkText("goal", goal);
    return;
  }
  if (typeof goal !== "object" || goal === null || Array.isArray(goal)) {
    throw wf.badArgument("agent: goal must be a string or an object such as {condition, checks}");
  }
  const { condition, checks, tests, maxReentries } = goal;
  const copy = { __proto__: null };
  if (typeof condition !== "string" || condition.trim() === "") {
    throw wf.badArgument("agent: goal.condition must be a non-empty string");
  }
  copy.condition = condition;
  if (checks !== undefined) copy.checks = copiedChecks(checks);
  if (tests !== undefined) {
    if (tests !== "guarded" && tests !== "free") {
      throw wf.badArgument('agent: goal.tests must be "guarded" or "free"');
    }
    copy.tests = tests;
  }
  checkNumber("goal.maxReentries", maxReentries, 0, 100);
  if (maxReentries !== undefined) copy.maxReentries = maxReentries;
  request.goal = copy;
}

function copiedChecks(checks) {
  if (!Array.isArray(checks)) throw wf.badArgument("agent: goal.checks must be a list");
  const copies = [];
  for (let i = 0; i < checks.length; i++) copies[i] = copiedCheck(checks[i], `goal.checks[${i}]`);
  return copies;
}

// A command line, or one thing to be found out; of each a check has exactly one.
function copiedCheck(check, name) {
  if (typeof check === "string") {
    checkText(name, check);
    return check;
  }
  if (typeof check !== "object" || check === null) {
    throw wf.badArgument(`agent: ${name} must be a command or an object`);
  }
  const { command, exit, exists, absent, file, matches, sha256 } = check;
  const copy = { __proto__: null };
  if (command !== undefined) {
    checkText(`${name}.command`, command);
    checkNumber(`${name}.exit`, exit, 0, 255);
    copy.command = command;
    copy.exit = exit ?? 0;
  } else if (exists !== undefined) {
    checkText(`${name}.exists`, exists);
    copy.exists = exists;
  } else if (absent !== undefined) {
    checkText(`${name}.absent`, absent);
    copy.absent = absent;
  } else {
    const wanted = matches ?? sha256;
    if (typeof file !== "string" || file === "" || typeof wanted !== "string") {
      throw wf.badArgument(
        `agent: ${name} must have command, exists, absent, or file with matches or sha256`,
      );
    }
    copy.file = file;
    copy[matches === undefined ? "sha256" : "matches"] = wanted;
  }
  return copy;
}

const POLICIES = ["always", "mutations"];

// Goes on as {candidates, policy}, or as nothing where it is false (L80).
function checkMax(request) {
  const { max } = request;
  if (max === undefined) return;
  if (max === false) {
    delete request.max;
    return;
  }
  const shaped = typeof max === "object" && max !== null && !Array.isArray(max);
  const { candidates = 5, policy = "always" } =
    shaped ? max : { candidates: max === true ? 5 : max };
  if (!Number.isInteger(candidates) || candidates < 2 || candidates > 9) {
    throw wf.badArgument("agent: max must be true, 2 to 9 candidates, or {candidates, policy}");
  }
  if (!POLICIES.includes(policy)) {
    throw wf.badArgument(`agent: max.policy must be one of ${POLICIES.join(", ")}`);
  }
  if (shaped) {
    const keys = ownKeys(max);
    for (let i = 0; i < keys.length; i++) {
      if (keys[i] !== "candidates" && keys[i] !== "policy") {
        warnOnce(`max.${keys[i]}`, `agent option "max.${keys[i]}" is unknown and ignored`);
      }
    }
  }
  request.max = { candidates, policy };
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
  checkTools(request);
  checkMode(request);
  checkCwd(request);
  checkIsolation(request);
  checkMemory(request);
  checkGoal(request);
  checkMax(request);
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
  for (let i = 0; i < LASTING.length; i++) {
    if (request[LASTING[i]] !== undefined) {
      throw wf.badArgument(`continue: a conversation keeps the ${LASTING[i]} it began with`);
    }
  }
  request.prompt = prompt;
  check(request);
  delete request.keep;
  return request;
};
