// Goes on proposing and estimating while there is money for another round, and keeps the best.
// `budget.total` is null for a run without a limit: then five rounds are enough.
export const meta = {
  name: "performance-ideas",
  description: "Searches for the best optimisation the budget allows.",
  phases: [{ title: "Propose" }, { title: "Estimate" }],
  budget: "60k",
};

const PER_ROUND = 8_000;
const ESTIMATE = {
  type: "object",
  properties: { percent: { type: "number" }, risk: { enum: ["low", "high"] } },
  required: ["percent", "risk"],
};

const what = args?.what ?? "the slowest path";
const tried = [];
let round = 0;
while (budget.total ? budget.remaining() > PER_ROUND : round < 5) {
  if (++round > 20) break;
  phase("Propose");
  const idea = await agent(`Propose one optimisation of ${what}. Tried: ${JSON.stringify(tried)}`, {
    label: `idea ${round}`,
  });
  if (idea === null) break;
  phase("Estimate");
  const estimate = await agent(`By how many percent would this help? ${idea}`, {
    label: `estimate ${round}`,
    schema: ESTIMATE,
  });
  tried.push({ idea, percent: estimate?.percent ?? 0, risk: estimate?.risk ?? "unknown" });
  if (tried.slice(-2).length === 2 && tried.slice(-2).every((each) => each.percent < 1)) {
    log("two in a row were not worth it");
    break;
  }
}
const best = tried.reduce((a, b) => (a && a.percent >= b.percent ? a : b), null);
return { rounds: round, spent: budget.spent(), best };
