// One writes a specification, another attacks it, until the attacker gives up or three rounds are
// over. Sequential, with all that was said so far in each prompt.
export const meta = {
  name: "spec-attack",
  description: "Sharpens a specification by attacking it.",
  dialect: "mimocode",
  phases: ["Write", "Attack"],
  model: "sonnet",
};

const topic = (typeof args === "string" && args) || args?.topic || "a rate limiter";
const ATTACK = {
  type: "object",
  properties: {
    holes: { type: "array", items: { type: "string" } },
    gaveUp: { type: "boolean" },
  },
  required: ["holes", "gaveUp"],
};

let spec = null;
const history = [];
for (let round = 1; round <= 3; round++) {
  phase("Write");
  spec =
    (await agent(
      spec === null
        ? `Specify ${topic} in ten rules.`
        : `Close these holes:\n${history.at(-1).join("\n")}\n\n${spec}`,
      { label: `write ${round}`, model: "inherit" },
    )) ?? spec;
  phase("Attack");
  const attack = await agent(`Find what these rules leave open:\n${spec}`, {
    label: `attack ${round}`,
    schema: ATTACK,
    thinking: "high",
  });
  if (attack === null || attack.gaveUp || attack.holes.length === 0) break;
  history.push(attack.holes);
}
return { spec, rounds: history.length + 1, holes: history.flat() };
