// Several reviewers look at the same change, each for one thing only. What two of them found is
// told once, and the gravest comes first.
export const meta = {
  name: "review-panel",
  description: "Reviews a change from several sides at once.",
  whenToUse: "Before a change is merged.",
  phases: [
    { title: "Review", detail: "one reviewer for each side, all at once" },
    { title: "Sum up", detail: "one page for the author", model: "opus" },
  ],
};

const change = args?.change ?? "the files changed last";

const FINDINGS = {
  type: "object",
  properties: {
    findings: {
      type: "array",
      items: {
        type: "object",
        properties: {
          file: { type: "string" },
          line: { type: "integer", minimum: 1 },
          title: { type: "string" },
          severity: { enum: ["high", "medium", "low"] },
        },
        required: ["file", "line", "title", "severity"],
      },
    },
  },
  required: ["findings"],
};

const SIDES = {
  bugs: "errors in logic: wrong results, lost updates, missed edge cases",
  security: "ways in which input that nobody trusts does harm",
  tests: "behaviour that no test would notice if it broke",
};

phase("Review");
const review = (side, what) => () =>
  agent(`Review ${change}. Look for ${what}, and for nothing else.`, {
    label: `review ${side}`,
    schema: FINDINGS,
    effort: side === "bugs" ? "high" : "medium",
  });
const reviews = await parallel(
  Object.fromEntries(Object.entries(SIDES).map(([side, what]) => [side, review(side, what)])),
);

const gravity = ["high", "medium", "low"];
const unique = new Map();
for (const [side, review] of Object.entries(reviews)) {
  for (const finding of review?.findings ?? []) {
    const place = `${finding.file}:${finding.line}`;
    const known = unique.get(place);
    if (known) known.sides.push(side);
    else unique.set(place, { ...finding, sides: [side] });
  }
}
const findings = [...unique.values()].sort(
  (a, b) => gravity.indexOf(a.severity) - gravity.indexOf(b.severity),
);
for (const { key } of reviews.losses) log(`nobody looked at ${key}`);
log(`${findings.length} findings`);
if (findings.length === 0) return { findings, page: null };

phase("Sum up");
const all = JSON.stringify(findings, null, 2);
const page = await agent(`Write one page for the author about:\n${all}`, {
  label: "sum up",
  model: "opus",
});
return { findings, page };
