// dag(nodes, run): work with dependencies; each node starts as soon as its own have ended (L43).

const { checks, slots } = wf;

function readNode(node, index) {
  const { id, dependsOn = [] } = typeof node === "object" && node !== null ? node : {};
  if (typeof id !== "string" || id === "") {
    throw wf.badArgument(`dag: the id of node ${index} must be a non-empty string`);
  }
  if (!Array.isArray(dependsOn)) throw wf.badArgument(`dag: dependsOn of "${id}" must be an array`);
  return { id, node, needs: slots.copied("dag", dependsOn) };
}

function read(nodes) {
  const byId = new Map();
  for (let i = 0; i < nodes.length; i++) {
    const entry = readNode(nodes[i], i);
    if (byId.has(entry.id)) throw wf.badArgument(`dag: two nodes have the id "${entry.id}"`);
    byId.set(entry.id, entry);
  }
  byId.forEach(({ id, needs }) => {
    for (let i = 0; i < needs.length; i++) {
      if (needs[i] === id) throw wf.badArgument(`dag: "${id}" depends on itself`);
      if (!byId.has(needs[i])) {
        throw wf.badArgument(`dag: "${id}" depends on ${show(needs[i])}, which no node is called`);
      }
    }
  });
  return byId;
}

function show(id) {
  return typeof id === "string" ? `"${id}"` : `a ${typeof id}`;
}

// The entries in an order in which dependencies come first.
function sorted(byId) {
  const order = [];
  const placed = new Set();
  const open = new Map();
  const waiting = new Map();
  byId.forEach(({ id, needs }) => {
    open.set(id, needs.length);
    waiting.set(id, []);
  });
  byId.forEach(({ id, needs }) => needs.forEach((need) => waiting.get(need).push(id)));
  const ready = [...byId.keys()].filter((id) => open.get(id) === 0);
  for (let i = 0; i < ready.length; i++) {
    order.push(byId.get(ready[i]));
    placed.add(ready[i]);
    waiting.get(ready[i]).forEach((id) => {
      open.set(id, open.get(id) - 1);
      if (open.get(id) === 0) ready.push(id);
    });
  }
  if (order.length < byId.size) throw wf.badArgument(`dag: a cycle: ${cycle(byId, placed)}`);
  return order;
}

// Each node outside `placed` has a dependency outside: following those must come round.
function cycle(byId, placed) {
  const seen = [];
  let id = [...byId.keys()].find((each) => !placed.has(each));
  while (!seen.includes(id)) {
    seen.push(id);
    id = byId.get(id).needs.find((need) => !placed.has(need));
  }
  return [...seen.slice(seen.indexOf(id)), id].join(" -> ");
}

function start({ id, node, needs }, run, outcomes) {
  const label = `dag[${id}]`;
  const needed = needs.map((need) => outcomes.get(need));
  return Promise.all(needed).then((ended) => {
    const dead = ended.findIndex((outcome) => outcome.threw);
    if (dead >= 0) {
      wf.losses.say(label, `it depends on "${needs[dead]}"`);
      return { value: null, loss: { label, reason: "dependency" }, threw: true };
    }
    const deps = ended.map((outcome, i) => ({ id: needs[i], result: outcome.value }));
    return slots.run(`d${id}`, label, () => run(node, deps));
  });
}

wf.define("dag", async function dag(nodes, run) {
  if (!Array.isArray(nodes)) throw wf.badArgument("dag: nodes must be an array");
  checks.functionIn("dag", "run", run);
  const byId = read(slots.copied("dag", nodes));
  const outcomes = new Map();
  sorted(byId).forEach((entry) => outcomes.set(entry.id, start(entry, run, outcomes)));
  const named = [...byId.keys()].map((id) =>
    outcomes.get(id).then((outcome) => ({ ...outcome, value: { id, result: outcome.value } })),
  );
  return slots.gather(slots.indexes("dag", named), named, []);
});
