// Checks of what helpers are called with (L118).

function functionIn(where, name, value) {
  if (typeof value !== "function") throw wf.badArgument(`${where}: ${name} must be a function`);
}

function options(where, value) {
  if (value === undefined) return {};
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw wf.badArgument(`${where}: options must be an object`);
  }
  return value;
}

// A count from 1 to the limit of items; nobody waits for more rounds than that.
function count(where, name, value, preset) {
  if (value === undefined) return preset;
  const most = wf.settings.maxItems;
  if (!Number.isInteger(value) || value < 1 || value > most) {
    throw wf.badArgument(`${where}: ${name} must be a whole number from 1 to ${most}`);
  }
  return value;
}

function text(where, name, value) {
  if (value !== undefined && (typeof value !== "string" || value.trim() === "")) {
    throw wf.badArgument(`${where}: ${name} must be a non-empty string`);
  }
  return value;
}

wf.checks = { functionIn, options, count, text };
