// The smallest useful panel: the same question to two models and, where they disagree, to a third.
export const meta = {
  name: "second-opinion",
  description: "Asks two models, and a third where they disagree.",
};

const question = typeof args === "string" ? args : (args?.question ?? "Is this change safe?");
const ANSWER = {
  type: "object",
  properties: { yes: { type: "boolean" }, because: { type: "string" } },
  required: ["yes", "because"],
};
const ask = (model, more = "") =>
  agent(`${question}${more}`, { label: model, model, schema: ANSWER });

const [first, second] = await Promise.all([ask("sonnet"), ask("haiku")]);
if (first?.yes === second?.yes) return { ...first, agreed: true };
const both = JSON.stringify([first, second]);
const third = await ask("opus", `\nTwo others disagree: ${both}`);
return { ...third, agreed: false };
