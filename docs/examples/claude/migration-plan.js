// Plans the move from one library to another: every place that uses the old one, what must be
// written instead, and what cannot be moved by hand. Writes nothing.
export const meta = {
  name: "migration-plan",
  description: "Plans a migration from one library to another, place by place.",
  phases: ["Search", "Plan", "Doubt"],
};

const { from, to, root = "src" } = args ?? {};
if (!from || !to) throw new Error("say from= and to=: the names of the two libraries");

phase("Search");
const files = await glob(`${root}/**/*.{js,mjs,ts}`);
const using = [];
for (const file of files) {
  const text = await readFile(file);
  if (text !== null && text.includes(from)) using.push(file);
}
log(`${using.length} of ${files.length} files mention ${from}`);
if (using.length === 0) return { from, to, files: [] };

const STEP = {
  type: "object",
  properties: {
    before: { type: "string" },
    after: { type: "string" },
    risk: { enum: ["mechanical", "needs thought", "blocked"] },
  },
  required: ["before", "after", "risk"],
};

const plans = await pipeline(
  using,
  (file) =>
    agent({
      prompt: `Plan the move of ${file} from ${from} to ${to}: each expression, before and after.`,
      label: `plan ${file}`,
      phase: "Plan",
      schema: { type: "array", items: STEP, minItems: 1 },
    }),
  // A second reader sees the plan, not the reasons for it.
  async (steps, file) => {
    const doubtful = steps.filter((step) => step.risk !== "mechanical");
    if (doubtful.length === 0) return { file, steps, doubts: [] };
    const doubts = await agent({
      prompt: `What could break in ${file} by these steps?\n${JSON.stringify(doubtful)}`,
      label: `doubt ${file}`,
      phase: "Doubt",
      schema: { type: "array", items: { type: "string" } },
    });
    return { file, steps, doubts: doubts ?? ["nobody looked"] };
  },
);
const blocked = plans.filter((plan) => plan?.steps.some((step) => step.risk === "blocked"));
return { from, to, files: plans, blocked: blocked.map((plan) => plan.file) };
