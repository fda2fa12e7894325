// tool(name, input) and tool({definition, args, timeoutMs?, failureMode?}): one tool of the agents,
// called by the script itself (L59). There is no shell(): a command is tool("bash", {command}).

const { checks } = wf;

const KNOWN = ["definition", "args", "timeoutMs", "failureMode", "label"];
const warned = { __proto__: null };

function warnOfOthers(request) {
  for (const key in request) {
    if (!KNOWN.includes(key) && !warned[key]) {
      warned[key] = true;
      wf.note("warning", { message: `tool option "${key}" is unknown and ignored` });
    }
  }
}

function whole(request) {
  const { definition, args, timeoutMs, failureMode = "throw", label } = checks.options(
    "tool", request);
  warnOfOthers(request);
  if (timeoutMs !== undefined && !(Number.isInteger(timeoutMs) && timeoutMs >= 1)) {
    throw wf.badArgument("tool: timeoutMs must be a whole number above 0");
  }
  if (failureMode !== "throw" && failureMode !== "settled") {
    throw wf.badArgument('tool: failureMode must be "throw" or "settled"');
  }
  checks.text("tool", "label", label);
  return { definition, args, timeoutMs, label, settled: failureMode === "settled" };
}

function read(first, input) {
  const request = typeof first === "string" ? { definition: first, args: input } : whole(first);
  const { definition, args = {}, settled = false, timeoutMs, label } = request;
  if (typeof definition !== "string" || definition === "") {
    throw wf.badArgument("tool: the name must be a non-empty string");
  }
  if (typeof args !== "object" || args === null || Array.isArray(args)) {
    throw wf.badArgument("tool: the input must be an object");
  }
  return { settled, call: { tool: definition, input: args, timeoutMs, label } };
}

const STATUS = { __proto__: null, permission_denied: "denied" };

function failed({ code, message }) {
  return { ok: false, status: STATUS[code] ?? "failed", error: { code, message } };
}

wf.define("tool", function tool(first, input) {
  try {
    const { settled, call } = read(first, input);
    const asked = wf.call("tool", call);
    if (!settled) return asked;
    return asked.then(
      (value) => ({ ok: true, status: "succeeded", value }),
      (fault) => {
        // A mistake of the script is none of the tool's failures.
        if (fault.code === "bad_argument") throw fault;
        return failed(fault);
      },
    );
  } catch (fault) {
    return Promise.reject(fault);
  }
});
