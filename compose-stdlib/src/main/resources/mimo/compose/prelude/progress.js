// phase(title, {budget}?) and log(...values), with console as the name other scripts know (L45, L46).

// What a message calls a phase.
const LONGEST_NAME = 60;

wf.define("phase", function phase(title, options) {
  if (typeof title !== "string" || title.trim() === "") {
    throw wf.badArgument("phase: the title must be a non-empty string");
  }
  const limit = wf.budgets.read("phase", options?.budget);
  const outer = wf.budgets.home();
  wf.setTag("phase", title);
  wf.note("phase", { title });
  const name = `phase "${title.length > LONGEST_NAME ? title.slice(0, LONGEST_NAME) + "…" : title}"`;
  wf.budgets.enter(limit === undefined ? outer : wf.budgets.open(name, outer, limit));
});

// Cut here so that a frame stays small; the run's log cuts by bytes.
const LONGEST_LINE = 8192;

function show(value) {
  if (typeof value === "string") return value;
  try {
    const json = JSON.stringify(value);
    return json === undefined ? String(value) : json;
  } catch {
    return "[a value that cannot be shown]";
  }
}

function line(values) {
  let text = "";
  for (let i = 0; i < values.length; i++) {
    text += (i === 0 ? "" : " ") + show(values[i]);
    if (text.length > LONGEST_LINE) break;
  }
  return text.length > LONGEST_LINE ? text.slice(0, LONGEST_LINE) + "…" : text;
}

function log(...values) {
  let text;
  try {
    text = line(values);
  } catch {
    text = "[a value that cannot be shown]";
  }
  wf.note("log", { text });
}

wf.define("log", log);
wf.define("console", { log, info: log, warn: log, error: log, debug: log });
