// Sorts reports from users: which part they are about, how bad it is, and which of them are the
// same. Takes a list of {id, text} as JSON, in whatever way it was passed.
export const meta = {
  name: "triage-issues",
  description: "Sorts issue reports by part and severity, and finds duplicates.",
  phases: ["Sort", "Compare"],
};

function normalised(raw) {
  if (typeof raw !== "string") return raw ?? {};
  try {
    return JSON.parse(raw);
  } catch {
    log("the arguments are no JSON; taken as one report");
    return { issues: [{ id: 1, text: raw }] };
  }
}

const { issues = [], parts = ["core", "docs", "build"] } = normalised(args);
if (!Array.isArray(issues) || issues.length === 0) return { sorted: {}, duplicates: [] };

phase("Sort");
const SORTED = {
  type: "object",
  properties: {
    part: { enum: parts },
    severity: { type: "integer", minimum: 1, maximum: 5 },
    gist: { type: "string", maxLength: 120 },
  },
  required: ["part", "severity", "gist"],
};
const triaged = await parallel(
  issues.map(({ id, text }) => async () => {
    const sorted = await agent(`Sort this report:\n${text}`, {
      label: `sort #${id}`,
      model: "haiku",
      schema: SORTED,
    });
    return sorted && { id, ...sorted };
  }),
);
const kept = triaged.filter(Boolean);

phase("Compare");
const PAIRS = {
  type: "array",
  items: { type: "array", items: { type: "integer" }, minItems: 2, maxItems: 2 },
};
const duplicates =
  kept.length < 2
    ? []
    : await agent(`Which of these are the same problem?\n${JSON.stringify(kept)}`, {
        label: "compare",
        schema: PAIRS,
      });

const sorted = {};
for (const { part, ...report } of kept.sort((a, b) => b.severity - a.severity || a.id - b.id)) {
  (sorted[part] ??= []).push(report);
}
return { sorted, duplicates: duplicates ?? [], unsorted: issues.length - kept.length };
