// What a script may know of the world around it: args, cwd, process, budget (L47–L49).

const { cwd, budget } = wf.settings;

wf.define("args", wf.args);
wf.define("cwd", cwd);
wf.define("process", { cwd: () => cwd, env: {} });

// The engine counts whole units; money is counted in millionths of a dollar.
const scale = budget.unit === "usd" ? 1_000_000 : 1;
const total = budget.total === null ? null : budget.total / scale;

function spent() {
  return wf.spent() / scale;
}

function remaining() {
  if (total === null) return Infinity;
  const rest = total - spent();
  return rest > 0 ? rest : 0;
}

wf.define("budget", { total, unit: budget.unit, spent, remaining });
