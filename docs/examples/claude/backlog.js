// Ideas from several roles, each scored for use and effort by others, in one list. What cannot be
// scored is kept at the end rather than lost.
export const meta = {
  name: "backlog",
  description: "Collects ideas for the project and puts them in order.",
  phases: [{ title: "Collect" }, { title: "Score" }],
};

const ROLES = ["a new user", "somebody who runs it every night", "its maintainer"];
const IDEAS = { type: "array", items: { type: "string" }, maxItems: 3 };
const SCORE = {
  type: "object",
  properties: {
    use: { type: "number", minimum: 0, maximum: 10 },
    effort: { type: "number", exclusiveMinimum: 0, maximum: 10 },
  },
  required: ["use", "effort"],
};

phase("Collect");
const collected = await parallel(
  ROLES.map((role) => () =>
    agent(`As ${role}: what should this project do next?`, { label: role, schema: IDEAS }),
  ),
);
const ideas = [...new Set(collected.filter(Boolean).flat())];

phase("Score");
const scored = await parallel(
  ideas.map((idea) => async () => {
    const scores = await parallel([
      () => agent(`Score this idea: ${idea}`, { label: `use of ${idea}`, schema: SCORE }),
      () => agent(`Be strict. Score: ${idea}`, { label: `strictly, ${idea}`, schema: SCORE }),
    ]);
    const heard = scores.filter(Boolean);
    const mean = (key) => heard.reduce((sum, score) => sum + score[key], 0) / heard.length;
    const worth = mean("use") / mean("effort");
    return { idea, worth: heard.length > 0 ? Number(worth.toFixed(2)) : null };
  }),
);
const worth = (entry) => entry.worth ?? -1;
return scored.toSorted((a, b) => worth(b) - worth(a));
