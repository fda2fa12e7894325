// Runs other workflows one after the other and all at once: what one finds decides what the next is
// asked. A workflow that fails is told, and does not stop the train.
export const meta = {
  name: "release-train",
  description: "Runs the checks before a release, each a workflow of its own.",
  phases: [{ title: "Check" }, { title: "Decide" }],
};

const change = args?.change ?? "the changes since the last release";

phase("Check");
const checks = await parallel(
  {
    review: () => workflow("review-panel", { change }),
    safe: () => workflow("second-opinion", { question: `Is it safe to release ${change}?` }),
    // A file beside this one, by its path; as a record, since it may lack what it needs.
    dependencies: () => workflow({ scriptPath: "./dependency-audit.js", failureMode: "settled" }),
  },
  { budget: "300k" },
);

phase("Decide");
const critic = await agent(`Should ${change} be released?\n${JSON.stringify(checks)}`, {
  label: "decide",
  agentType: "general",
  keep: true,
});
const short = await critic?.continue("Say it in one sentence for the people who wait.", {
  label: "in one sentence",
});
return {
  lost: checks.losses.map(({ key, reason }) => `${key}: ${reason}`),
  decision: critic?.text ?? null,
  sentence: short?.text ?? "Nobody could decide.",
};
