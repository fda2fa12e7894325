// Holds documents against code: each page is read by one agent that knows which files there are.
// Uses Promise.all, as scripts do that were written by people who know it best.
export const meta = {
  name: "docs-sync",
  description: "Finds statements in the documents that the code no longer bears out.",
  phases: [{ title: "Read" }, { title: "Compare" }],
};

phase("Read");
const [pages, sources] = await Promise.all([glob("docs/**/*.md"), glob("src/**/*.js")]);
const texts = await Promise.all(pages.map((page) => readFile(page)));

phase("Compare");
const STALE = {
  type: "array",
  items: {
    type: "object",
    properties: { says: { type: "string" }, is: { type: "string" }, source: { enum: sources } },
    required: ["says", "is", "source"],
  },
};
const compare = async (page, text) => {
  const stale = await agent(
    `Which statements of this page are no longer true?\nFiles: ${sources.join(", ")}\n\n${text}`,
    { label: `compare ${page}`, schema: sources.length > 0 ? STALE : { type: "array" } },
  );
  return (stale ?? []).map((statement) => ({ page, ...statement }));
};
const stale = (await Promise.all(pages.map((page, i) => compare(page, texts[i])))).flat();

const bySource = Object.groupBy(stale, ({ source }) => source);
return { pages: pages.length, stale: stale.length, bySource };
