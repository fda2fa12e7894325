// agent(prompt, options?): one agent works on a prompt. Resolves to its answer, or to null if it
// was lost (L85); rejects only for mistakes of the script, exhausted budgets and schemas (L86).

const { losses } = wf;
const { dialect } = wf.settings;

// The answer is {value}, or {lost} with what the host recorded.
function answered(answer) {
  if (answer.lost !== undefined) {
    const { call, label, reason } = answer.lost;
    losses.add(losses.current(), { call, label, reason, recovered: false });
  }
  return answer;
}

// Puts a checked request to an agent, a new one or (as "continue") one that has answered; `view`
// makes of the answer what the caller gets.
wf.ask = (request, view, name = "agent") => {
  if (request.phase === undefined) request.phase = wf.tag("phase");
  return wf.call(name, request).then((answer) => view(answered(answer)));
};

wf.plainAnswer = ({ value, lost }) => (lost === undefined ? value : null);

const STATUS = {
  __proto__: null,
  timeout: "timed_out",
  stalled: "timed_out",
  stopped: "cancelled",
};

// What odw scripts read instead of a bare value (L28).
function record(request, { value, lost }) {
  if (lost !== undefined) {
    const { reason, message } = lost;
    const status = STATUS[reason] ?? "failed";
    return { ok: false, status, text: "", json: null, error: { code: reason, message } };
  }
  const shaped = request.schema !== undefined;
  const text = shaped ? JSON.stringify(value) : value;
  return { ok: true, status: "succeeded", text, json: shaped ? value : null };
}

function recorded(answer, request) {
  return record(request, answer);
}

wf.define("agent", function agent(prompt, options) {
  try {
    const request = wf.agentRequest(prompt, options);
    if (request.keep === true) {
      return wf.converse(request, dialect === "odw" ? recorded : wf.plainAnswer);
    }
    if (dialect !== "odw") return wf.ask(request, wf.plainAnswer);
    return wf.ask(request, (answer) => record(request, answer));
  } catch (fault) {
    return Promise.reject(fault);
  }
});
