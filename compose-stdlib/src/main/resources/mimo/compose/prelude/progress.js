// phase(title) and log(...values), with console as the name other scripts know (L45, L46).

wf.define("phase", function phase(title, options) {
  if (typeof title !== "string" || title.trim() === "") {
    throw wf.badArgument("phase: the title must be a non-empty string");
  }
  if (options !== undefined && options !== null && options.budget !== undefined) {
    throw wf.error("not_available", 'phase option "budget" is not available in this version');
  }
  wf.setTag("phase", title);
  wf.note("phase", { title });
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
