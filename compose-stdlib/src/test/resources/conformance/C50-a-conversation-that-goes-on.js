// C50 (L82) A kept agent goes on: turns queue in order, what is lost changes nothing, and a handle is
// {text, value} as data.
// answers: plan: "First the schema."
// answers: late: !timeout
// answers: risks: {"worst": "lost rows"}
// answers: end: "Done."
// asks: plan
// asks: late
// asks: risks
// asks: end
// loses: late timeout
export const meta = { name: "conversation", description: "An agent that goes on." };

const plan = await agent("Plan the migration.", { keep: true, label: "plan" });
const turns = [
  plan.continue("Shorter, please.", { label: "late" }),
  plan.continue("What could go wrong?", { label: "risks", schema: { type: "object" } }),
  plan.continue("Anything else?", { label: "end" }),
];
const [late, risks, end] = await Promise.all(turns);
return [plan, late, risks.value.worst, end.text, Object.keys(end)];
// result: [{"text":"First the schema.","value":"First the schema."},null,"lost rows","Done.",["text","value"]]
