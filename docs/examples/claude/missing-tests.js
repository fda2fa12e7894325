// For each source file without a test: what should be tested, then a draft that names it all. A
// draft that leaves something out goes back with what is missing.
export const meta = {
  name: "missing-tests",
  description: "Drafts tests for source files that have none.",
  phases: [{ title: "Look" }, { title: "Draft" }],
};

phase("Look");
const sources = await glob("src/**/*.js");
const untested = [];
for (const source of sources) {
  const test = source.replace(/^src\//, "test/").replace(/\.js$/, ".test.js");
  if (!(await exists(test))) untested.push({ source, test });
}
log(`${untested.length} of ${sources.length} files have no test`);

const BEHAVIOURS = { type: "array", items: { type: "string" }, minItems: 1, maxItems: 8 };

async function draft({ source, test }) {
  const behaviours = await retry(
    () =>
      agent(`What does ${source} promise its callers?`, {
        label: `read ${source}`,
        schema: BEHAVIOURS,
      }),
    { attempts: 2 },
  );
  if (behaviours === null) return null;
  const { ok, value, attempts } = await gate(
    (feedback, attempt) =>
      agent(
        `Write ${test}. Name a test after each of:\n${behaviours.join("\n")}\n${feedback ?? ""}`,
        { label: `draft ${test} #${attempt + 1}` },
      ),
    (text) => {
      const missing = behaviours.filter((behaviour) => !text?.includes(behaviour));
      return { ok: missing.length === 0, feedback: `Still missing: ${missing.join("; ")}` };
    },
    { attempts: 2 },
  );
  return { test, text: value, complete: ok, attempts };
}

phase("Draft");
return parallel(untested.slice(0, args?.most ?? 20).map((each) => () => draft(each)));
