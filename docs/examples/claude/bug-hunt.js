// Looks for bugs until two rounds in a row find nothing new, and stops early when money gets short.
export const meta = {
  name: "bug-hunt",
  description: "Looks for bugs until there are no more to find.",
  phases: [{ title: "Hunt" }, { title: "Confirm" }],
};

const where = args?.where ?? "src";
const RESERVE = 5_000;

const BUGS = {
  type: "array",
  items: {
    type: "object",
    properties: { place: { type: "string" }, bug: { type: "string" } },
    required: ["place", "bug"],
  },
};

phase("Hunt");
const known = [];
const bugs = await loopUntilDry({
  key: ({ place }) => place.toLowerCase(),
  consecutiveEmpty: 2,
  maxRounds: 10,
  round: async (index) => {
    if (budget.total && budget.remaining() < RESERVE) return [];
    const found = await agent(
      `Find bugs in ${where} that are not among these: ${known.join(", ") || "none yet"}.`,
      { label: `hunt ${index + 1}`, schema: BUGS },
    );
    known.push(...(found ?? []).map((bug) => bug.place));
    return found;
  },
});
log(`${bugs.length} places, ${budget.spent()} ${budget.unit} spent`);

phase("Confirm");
const confirmed = await pipeline(
  bugs,
  (bug) => verify(bug, { reviewers: 2, threshold: 0.5, lens: ["the code", "the tests"] }),
  (vote, bug) => (vote.real ? { ...bug, votes: `${vote.realCount}/${vote.total}` } : null),
);
return confirmed.filter(Boolean);
