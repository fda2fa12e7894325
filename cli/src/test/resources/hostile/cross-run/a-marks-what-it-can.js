// expect: finished 0
// asks: 0
export const meta = {name: 'hostile', description: 'an attack'};
let marks = 0;
for (const holder of [globalThis, Object.prototype, Array.prototype, agent, budget, console, process, process.env, Math, JSON, Promise]) {
  try { holder.mark = 1; if (holder.mark) marks++; } catch { /* Frozen. */ }
}
log("mark-of-run-one");
await readFile("inside.txt");
return marks;
