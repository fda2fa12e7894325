// Every file against every kind of weakness is too much: a cheap look chooses the pairs worth a
// careful one. The cap is told, so that nobody takes silence for safety.
export const meta = {
  name: "security-sweep",
  description: "Sweeps the code for security weaknesses.",
  phases: [
    { title: "Scan", model: "haiku" },
    { title: "Examine", model: "opus" },
    { title: "Judge" },
  ],
};

const KINDS = ["injection", "path traversal", "secrets in code", "unsafe parsing"];
const MOST = args?.most ?? 12;

phase("Scan");
const files = await glob(args?.glob ?? "src/**/*");
const suspects = (
  await parallel(
    files.map((file) => async () => {
      const kinds = await agent(`Which weaknesses are thinkable in ${file}?`, {
        label: `scan ${file}`,
        model: "haiku",
        effort: "minimal",
        schema: { type: "array", items: { enum: KINDS }, uniqueItems: true },
      });
      return (kinds ?? KINDS).map((kind) => ({ file, kind }));
    }),
  )
)
  .filter(Boolean)
  .flat();
const chosen = suspects.slice(0, MOST);
if (suspects.length > MOST) log(`only ${MOST} of ${suspects.length} suspicions are examined`);

const WEAKNESS = {
  anyOf: [
    { type: "null" },
    {
      type: "object",
      properties: { line: { type: "integer" }, exploit: { type: "string" } },
      required: ["line", "exploit"],
    },
  ],
};
const proven = await pipeline(
  chosen,
  ({ file, kind }) =>
    agent(`Show how ${kind} in ${file} could be exploited, or answer null.`, {
      label: `examine ${file} for ${kind}`,
      phase: "Examine",
      model: "opus",
      effort: "max",
      schema: WEAKNESS,
    }),
  async (weakness, { file, kind }) => {
    if (weakness === null) return null;
    phase("Judge");
    const { real, votes } = await verify({ file, kind, ...weakness }, { reviewers: 2 });
    return real ? { file, kind, ...weakness, reasons: votes.map((vote) => vote.reason) } : null;
  },
);
return {
  weaknesses: proven.filter(Boolean),
  notExamined: suspects.slice(MOST).map(({ file, kind }) => `${file}: ${kind}`),
};
