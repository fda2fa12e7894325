// C50 (L82) An agent that is kept goes on with each turn; a lost turn leaves it where it was.
// answers: plan: "in two steps"
// answers: risks: ["time"]
// answers: lost: !timeout
// answers: more: "one more"
// asks: plan
// asks: risks
// asks: lost
// asks: more
// loses: lost timeout
// result: {"plan":{"text":"in two steps","value":"in two steps"},"risks":["time"],"lost":null,"more":"one more"}

export const meta = { name: "c50", description: "Talks with one agent." };

const plan = await agent("Plan it.", { label: "plan", keep: true });
const risks = await plan.continue("What could go wrong?", {
  label: "risks",
  schema: { type: "array" },
});
const lost = await risks.continue("Be quick.", { label: "lost", timeoutMs: 1 });
const more = await risks.continue("What else?", { label: "more" });
return { plan, risks: risks.value, lost, more: more.text };
