// Budgets for parts of a script, such as a phase or a parallel (L96). What the agents of a part use
// counts against its budget and against each one around it. The part belongs to its slot.

const { budget, maxBudgets } = wf.settings;
const AMOUNT = /^\s*(\d{1,12}(?:\.\d{1,6})?)\s*(k|m|tokens|usd|\$)?\s*$/i;
const FACTORS = { __proto__: null, k: 1_000, m: 1_000_000, tokens: 1 };
const MICRO = 1_000_000;
const MOST = 1e15;

const homes = new WeakMap(); // by slot: the budget it began in
let opened = 0;

function sized(value) {
  if (typeof value === "number") {
    return budget.unit === "usd"
      ? { unit: "usd", amount: Math.round(value * MICRO) }
      : { unit: "tokens", amount: Math.floor(value) };
  }
  const found = typeof value === "string" ? AMOUNT.exec(value) : null;
  if (found === null) return { unit: "", amount: NaN };
  const suffix = (found[2] ?? "tokens").toLowerCase();
  const factor = FACTORS[suffix];
  return factor === undefined
    ? { unit: "usd", amount: Math.round(found[1] * MICRO) }
    : { unit: "tokens", amount: Math.floor(found[1] * factor) };
}

// What `value` allows, as {unit, amount}; undefined where nobody said anything.
function read(where, value) {
  if (value === undefined || value === null) return undefined;
  const limit = sized(value);
  if (!(limit.amount >= 1 && limit.amount <= MOST)) {
    throw wf.badArgument(
      `${where}: budget must be a number of ${budget.unit} above 0,` +
        ' or a text such as "200k" or "1.5usd"',
    );
  }
  return limit;
}

// The number of the budget that agents count against here; 0 for the run's own.
function current() {
  return wf.tag("budget") ?? 0;
}

// The budget the slot began in, whatever its phases have opened since.
function home() {
  const { slot } = wf.frame();
  if (!homes.has(slot)) homes.set(slot, current());
  return homes.get(slot);
}

// Opens a budget below `parent` and returns its number.
function open(name, parent, { unit, amount }) {
  if (opened === maxBudgets) {
    throw wf.error("list_cap", `budget: a script opens at most ${maxBudgets} budgets`);
  }
  const number = ++opened;
  wf.note("budget", { number, parent, name, unit, amount });
  return number;
}

// From here on, the agents of this slot count against the budget of this number.
function enter(number) {
  if (number !== current()) wf.setTag("budget", number);
}

wf.budgets = { current, enter, home, open, read };
