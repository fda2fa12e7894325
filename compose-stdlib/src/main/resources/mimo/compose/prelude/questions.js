// approve, ask and checkpoint: questions to people, which wait as long as it takes (L52–L54).

const { checks } = wf;

const KNOWN = ["default", "timeout", "timeoutMs", "headless", "kind", "choices", "schema"];
const UNATTENDED = { __proto__: null, pause: "waits", default: "falls_back", abort: "fails" };
const warned = { __proto__: null };

function warnOfUnknown(where, options) {
  for (const key in options) {
    if (!KNOWN.includes(key) && !warned[key]) {
      warned[key] = true;
      wf.note("warning", { message: `${where} option "${key}" is unknown and ignored` });
    }
  }
}

function read(where, question, options) {
  if (typeof question !== "string" || question.trim() === "") {
    throw wf.badArgument(`${where}: the question must be a non-empty string`);
  }
  const given = checks.options(where, options);
  warnOfUnknown(where, given);
  const { default: fallback, timeout, timeoutMs, headless, kind, choices, schema } = given;
  const patience = timeout ?? timeoutMs;
  if (headless !== undefined && UNATTENDED[headless] === undefined) {
    throw wf.badArgument(`${where}: headless must be "pause", "default" or "abort"`);
  }
  return {
    question,
    fallback: fallback === null ? undefined : fallback,
    timeoutMs: patience === undefined ? undefined : wf.duration(where, patience),
    headless,
    kind,
    choices,
    schema,
  };
}

function put(verb, { question, fallback, timeoutMs, headless }, schema) {
  const unattended = UNATTENDED[headless ?? "pause"];
  return wf.call("gate", { verb, question, schema, default: fallback, timeoutMs, unattended });
}

function approval(where, given) {
  const { fallback } = given;
  if (fallback !== undefined && typeof fallback !== "boolean") {
    throw wf.badArgument(`${where}: default must be true or false`);
  }
  return put("approve", given, { type: "boolean" });
}

function choosable(where, choices) {
  const list = Array.isArray(choices) ? [...choices] : [];
  const texts = list.every((each) => typeof each === "string" && each !== "");
  if (list.length === 0 || !texts || new Set(list).size !== list.length) {
    throw wf.badArgument(`${where}: choices must be different non-empty strings`);
  }
  return list;
}

// What an answer must be, by the kind of the question.
function shape(where, { kind, choices, schema }) {
  const asked = kind ?? (choices === undefined ? "input" : "select");
  if (asked !== "input" && asked !== "select") {
    throw wf.badArgument(`${where}: kind must be "input" or "select"`);
  }
  if (asked === "select") return { enum: choosable(where, choices) };
  if (schema === undefined) return { type: "string" };
  if (typeof schema !== "object" || schema === null || Array.isArray(schema)) {
    throw wf.badArgument(`${where}: schema must be a JSON Schema object`);
  }
  return schema;
}

function checkFallback(where, { fallback, schema }, wanted) {
  if (fallback === undefined || schema === wanted) return;
  const fits =
    wanted.enum === undefined ? typeof fallback === "string" : wanted.enum.includes(fallback);
  if (!fits) throw wf.badArgument(`${where}: default must be an answer that could be given`);
}

function inquiry(where, given) {
  const wanted = shape(where, given);
  checkFallback(where, given, wanted);
  return put("ask", given, wanted);
}

function promised(start) {
  try {
    return start();
  } catch (fault) {
    return Promise.reject(fault);
  }
}

wf.define("approve", function approve(question, options) {
  return promised(() => approval("approve", read("approve", question, options)));
});

wf.define("ask", function ask(question, options) {
  return promised(() => inquiry("ask", read("ask", question, options)));
});

// Unattended, an explicit default answers; nothing is ever approved silently.
wf.define("checkpoint", function checkpoint(question, options) {
  return promised(() => {
    const given = read("checkpoint", question, options);
    if (given.headless === undefined && given.fallback !== undefined) given.headless = "default";
    return given.kind === "confirm" ? approval("checkpoint", given) : inquiry("checkpoint", given);
  });
});
