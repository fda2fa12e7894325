// expect: finished []
// asks: 0
export const meta = {name: 'hostile', description: 'an attack'};
const found = [];
for (const holder of [globalThis, {}, [], agent, budget, console, process, process.env, Math, JSON, Promise]) if (holder.mark) found.push("mark");
for (const path of ["../data/mimocode.db", "../workers", "../data/locks"]) {
  try { if (await exists(path)) found.push(path); } catch (e) { if (e.code !== "path_escape") found.push(e.code); }
}
if ((await glob("**/mimocode*")).length > 0) found.push("store");
return found;
