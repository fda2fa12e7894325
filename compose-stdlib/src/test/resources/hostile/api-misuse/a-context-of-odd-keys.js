// expect: finished [{"n":1},"undefined",{"constructor":["x"]},"bad_argument","bad_argument","bad_argument"]
// asks: 0
export const meta = { name: 'hostile', description: 'an attack', dialect: 'odw' };
const told = (act) => { try { act(); return "passed"; } catch (e) { return e.code; } };
context.set("__proto__", { n: 1 });
const own = context.get("__proto__");
const other = typeof context.get("toString");
context.append("constructor", "x");
const { constructor } = context.snapshot();
return [
  own, other, { constructor }, told(() => context.set(1, 1)), told(() => context.set("f", () => 1)),
  told(() => context.append("__proto__", 1)),
];
