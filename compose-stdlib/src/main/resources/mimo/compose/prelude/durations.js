// How scripts say how long something takes: milliseconds, or text such as "90s" (L50).

const UNITS = { __proto__: null, ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const SHAPE = /^(\d{1,15}(?:\.\d{1,6})?)(ms|s|m|h|d)$/;
const LONGEST = 366 * UNITS.d;

function asked(value) {
  if (typeof value === "number") return value;
  const parts = typeof value === "string" ? SHAPE.exec(value.trim()) : null;
  return parts === null ? NaN : Number(parts[1]) * UNITS[parts[2]];
}

function shown(value) {
  if (typeof value === "string") return `"${value.slice(0, 40)}"`;
  return typeof value === "number" ? `${value}` : `a value of type ${typeof value}`;
}

// Whole milliseconds, never less than what is asked for.
wf.duration = (where, value) => {
  const ms = Math.ceil(asked(value));
  if (!(ms >= 0)) {
    const wanted = 'milliseconds, or text such as "90s", "2h" or "3d"';
    throw wf.badArgument(`${where}: ${shown(value)} is no duration; write ${wanted}`);
  }
  if (ms > LONGEST) throw wf.badArgument(`${where}: ${shown(value)} is longer than 366 days`);
  return ms === 0 ? 0 : ms;
};
