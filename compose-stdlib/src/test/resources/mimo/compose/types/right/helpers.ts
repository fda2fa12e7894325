export const meta = { name: "helpers", description: "Uses every helper." } satisfies WorkflowMeta;

interface Item {
  title: string;
}

const kept = await gate(
  (feedback, attempt) => agent(`Attempt ${attempt}: ${feedback ?? "go"}`),
  (value) => (value === null ? null : { ok: value.length > 3, feedback: "longer" }),
  { attempts: 5 },
);
const value: string | null = kept.value;
const tried: number = await retry(async (attempt) => attempt, { until: (n) => n > 1 });
const best = await judgePanel([{ title: "a" }, { title: "b" }], { judges: 3, rubric: "short" });
const winner: Item | undefined = best?.attempt;
const items: Item[] = await loopUntilDry({
  round: async (index): Promise<Item[] | null> => (index > 3 ? null : [{ title: `${index}` }]),
  key: (item) => item.title,
});
const complete = await completenessCheck("a task", { items });
const missing: string[] = complete?.missing ?? [];

const url = new URL("https://example.org/a?b=c");
for (const [key, word] of url.searchParams) console.log(key, word);
const bytes: Uint8Array = new TextEncoder().encode("ü");
const copy: Item[] = structuredClone(items);
queueMicrotask(() => log(new TextDecoder().decode(bytes)));
const note: string | null = (await exists("a.txt")) ? await readFile("a.txt") : null;
await writeFile("out/a.txt", note ?? "");
try {
  await agent("x", { maxTurns: 3, stallMs: 1000, phase: "p", model: "haiku" });
} catch (error) {
  if ((error as WorkflowError).code !== "budget_exhausted") throw error;
}
const total: number | null = budget.total;
log(cwd, process.cwd(), note, total, value, tried, winner, missing, copy);
