// What the script asked for and did not get (L107). A strand of work, such as a slot of parallel or
// an attempt of retry, knows the losses in it that nothing has made good yet.

const strands = new WeakMap(); // by the frame in which a strand runs
const root = { parent: null, found: [] };
let thrown = 0;

// A script may throw anything: what it threw may throw again when looked at, or be too long to
// cross the boundary. It is lost all the same.
const LONGEST_REASON = 64;
const LONGEST_MESSAGE = 8192;
const LONGEST_LABEL = 256;

function current() {
  return strands.get(wf.frame()) ?? root;
}

// A strand below `parent`, or below the one that runs.
function open(parent) {
  return { parent: parent ?? current(), found: [] };
}

// Runs `start` as this strand, in a frame of its own; `place` is wf.inFrame or wf.within.
function enter(place, segment, strand, start) {
  return place(segment, () => {
    strands.set(wf.frame(), strand);
    return start();
  });
}

function add(strand, loss) {
  for (let each = strand; each !== null; each = each.parent) each.found[each.found.length] = loss;
}

// The latest loss in the strand that nothing has made good, or undefined.
function latest(strand) {
  for (let i = strand.found.length - 1; i >= 0; i--) {
    if (!strand.found[i].recovered) return strand.found[i];
  }
  return undefined;
}

function reasonOf(fault) {
  try {
    const code = typeof fault === "object" && fault !== null ? fault.code : "";
    const named = typeof code === "string" && code !== "" && code.length <= LONGEST_REASON;
    return named ? code : "thrown";
  } catch {
    return "thrown";
  }
}

function cut(text, length) {
  return text.length > length ? text.slice(0, length) + "…" : text;
}

function messageOf(fault) {
  try {
    const text = String(typeof fault === "object" && fault !== null ? fault.message : fault);
    return cut(text, LONGEST_MESSAGE);
  } catch {
    return "a value that cannot be shown";
  }
}

// Something called `name` is missing from the strand because of `fault`.
function lose(strand, name, fault, reason = reasonOf(fault)) {
  const label = cut(name, LONGEST_LABEL);
  const loss = { id: ++thrown, label, reason, recovered: false };
  const { id } = loss;
  wf.note("lost", { id, slot: label, reason, message: messageOf(fault), phase: wf.tag("phase") });
  add(strand, loss);
  return loss;
}

// A line of the log about something that is missing for a reason counted elsewhere.
function say(name, why) {
  wf.note("log", { text: `lost ${cut(name, LONGEST_LABEL)}: ${cut(why, LONGEST_MESSAGE)}` });
}

// The strand called `label` threw. What has no code of its own, thrown after an agent was lost
// here, is most likely `null.something`: one cause, counted once. So is the failure of a script
// that ran here.
function threw(strand, label, fault) {
  const cause = latest(strand);
  const reason = reasonOf(fault);
  if (cause === undefined || (reason !== "thrown" && reason !== "script_error")) {
    return lose(strand, label, fault, reason);
  }
  say(label, messageOf(fault));
  return cause;
}

// A later attempt made good what was lost in these strands.
function recover(attempts) {
  const calls = [];
  const slots = [];
  for (let i = 0; i < attempts.length; i++) {
    const { found } = attempts[i];
    for (let j = 0; j < found.length; j++) {
      const loss = found[j];
      if (loss.recovered) continue;
      loss.recovered = true;
      if (loss.call === undefined) slots[slots.length] = loss.id;
      else calls[calls.length] = loss.call;
    }
  }
  if (calls.length + slots.length > 0) wf.note("recovered", { calls, slots });
}

wf.losses = { current, open, enter, add, latest, lose, say, threw, recover, reasonOf, messageOf };
