// A question becomes sub-questions, each is looked into by itself, a critic says what is missing,
// and that is looked into as well. Takes the question as plain text or as {question, rounds}.
export const meta = {
  name: "research",
  description: "Answers a question about this project with sources.",
  phases: [{ title: "Divide" }, { title: "Look" }, { title: "Write" }],
};

const given = typeof args === "string" ? { question: args } : (args ?? {});
const question = given.question?.trim();
if (!question) throw new TypeError("research needs a question");
const rounds = Math.min(Number(given.rounds ?? 2), 4);

phase("Divide");
const parts = await agent(`Divide into questions that can be answered on their own:\n${question}`, {
  label: "divide",
  schema: { type: "array", items: { type: "string" }, minItems: 1, maxItems: 6 },
});

const NOTE = {
  type: "object",
  properties: {
    answer: { type: "string" },
    sources: { type: "array", items: { type: "string" } },
  },
  required: ["answer", "sources"],
};

phase("Look");
const notes = [];
let open = parts ?? [question];
for (let round = 1; round <= rounds && open.length > 0; round++) {
  const answers = await parallel(
    open.map((part, i) => () =>
      agent(part, { label: `look ${round}.${i + 1}`, schema: NOTE, model: "haiku" }),
    ),
  );
  open.forEach((part, i) => answers[i] && notes.push({ part, ...answers[i] }));
  if (round === rounds) break;
  const gaps = await completenessCheck(question, notes, { agent: { label: `gaps ${round}` } });
  open = gaps?.missing ?? [];
  log(`round ${round}: ${notes.length} notes, ${open.length} gaps`);
}

phase("Write");
const report = await agent(
  `Answer "${question}" from these notes alone, with their sources:\n${JSON.stringify(notes)}`,
  { label: "write", effort: "high" },
);
return { question, report, sources: [...new Set(notes.flatMap((note) => note.sources))].sort() };
