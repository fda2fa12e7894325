// workflow(ref, args?, options?): another script runs inside this run, and its result is ours (L44).

const { budgets, checks, losses } = wf;

// No name of a workflow and no path of one holds this.
const SOURCE = /\bexport\s+const\s+meta\b/;
const FILE = /\/|\.(?:js|mjs|ts)$/;

const KNOWN = [
  "name", "scriptPath", "args", "failureMode", "maxConcurrentAgents", "concurrency", "budget",
  "workspace", "timeoutMs",
];
const warned = { __proto__: null };

// What the calls of later parts will take is refused, never silently dropped (L121).
function checkKnown(options) {
  for (const key in options) {
    if (key === "timeoutMs") {
      if (options[key] === undefined) continue;
      throw wf.error("not_available", `workflow option "${key}" is not available in this version`);
    }
    if (!KNOWN.includes(key) && !warned[key]) {
      warned[key] = true;
      wf.note("warning", { message: `workflow option "${key}" is unknown and ignored` });
    }
  }
}

// A text is a script if it holds `export const meta`, a file if it looks like a path, else a name.
function reference(ref) {
  if (typeof ref === "string") {
    if (SOURCE.test(ref)) return { source: ref };
    return FILE.test(ref) ? { scriptPath: ref } : { name: ref };
  }
  if (typeof ref !== "object" || ref === null || Array.isArray(ref)) {
    throw wf.badArgument("workflow: expected a name, a script, {scriptPath} or {name, args}");
  }
  const { name, scriptPath } = ref;
  if ((name === undefined) === (scriptPath === undefined)) {
    throw wf.badArgument("workflow: give either a name or a scriptPath");
  }
  const text = checks.text("workflow", "ref", name ?? scriptPath);
  return name === undefined ? { scriptPath: text } : { name: text };
}

function only(where, first, second) {
  if (first !== undefined && second !== undefined) {
    throw wf.badArgument(`workflow: ${where} is given twice`);
  }
  return first === undefined ? second : first;
}

// A folder below the one this script works in; whether it is there is seen when it is looked at.
function folder(path) {
  if (path === undefined) return undefined;
  const text = checks.text("workflow", "workspace", path);
  if (text.startsWith("/") || text.split("/").includes("..")) {
    throw wf.error("path_escape", `workflow: the workspace "${text}" is not below this one`);
  }
  return text;
}

function read(ref, args, given) {
  const request = reference(ref);
  if (request.name === "" || request.source === "") {
    throw wf.badArgument("workflow: the name must be a non-empty string");
  }
  const own = typeof ref === "object" ? ref : {};
  const options = checks.options("workflow", given);
  checkKnown(own);
  checkKnown(options);
  request.args = only("args", own.args, args);
  request.failureMode = only("failureMode", own.failureMode, options.failureMode);
  const modes = [undefined, "throw", "settled"];
  if (!modes.includes(request.failureMode)) {
    throw wf.badArgument('workflow: failureMode must be "throw" or "settled"');
  }
  const most = only("maxConcurrentAgents", own.maxConcurrentAgents ?? own.concurrency,
    options.maxConcurrentAgents ?? options.concurrency);
  if (most !== undefined && !(Number.isInteger(most) && most >= 1 && most <= 10000)) {
    throw wf.badArgument("workflow: maxConcurrentAgents must be a whole number from 1 to 10000");
  }
  request.maxConcurrentAgents = most;
  request.workspace = folder(only("workspace", own.workspace, options.workspace));
  request.budget = budgets.read("workflow", only("budget", own.budget, options.budget));
  return request;
}

// The answer is {value} or {error}, and the last thing the other script lost, if it lost any.
function answered(place, { value, error, loss }) {
  if (loss !== undefined) losses.add(losses.current(), { ...loss, recovered: false });
  if (error !== undefined) throw wf.errorAt(place, error.code, error.message);
  return value;
}

wf.define("workflow", function workflow(ref, args, options) {
  try {
    const place = wf.place();
    const request = read(ref, args, options);
    return wf.call("workflow", request).then((answer) => answered(place, answer));
  } catch (fault) {
    return Promise.reject(fault);
  }
});
