// C65 (L126, L127) The functions of the language are values like any other.
// says: said
// asks: aliased
// asks: global
// asks: partial
// asks: in a map
// result: ["aliased","global","partial","in a map",1,["debug","error","info","warn"],[],"undefined",8,"undefined","undefined","undefined","undefined","agent"]

export const meta = { name: "c65", description: "Is written as people write." };

"use strict";
const ask = agent;
const { log: say, ...others } = console;
const { parallel: together, agent: fromGlobal } = globalThis;
say("said");
const partial = agent.bind(null, "partial");
const table = { review: (x) => agent(x), all: together };
const titles = (meta.phases ?? []).map((p) => p.title ?? p);
var hoisted = typeof later;
var later = 1;
const known = ["agent", "parallel", "pipeline", "phase", "log", "args", "budget", "workflow"]
  .filter((name) => typeof globalThis[name] !== "undefined" || name === "args");
return [
  await ask("aliased"), await fromGlobal("global"), await partial(), await table.review("in a map"),
  (await table.all([() => 1])).length, Object.keys(others).sort(), titles, hoisted, known.length,
  typeof eval, typeof module, typeof window, typeof process.argv,
  agent.name,
];
