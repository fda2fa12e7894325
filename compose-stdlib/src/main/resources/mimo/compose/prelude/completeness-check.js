// completenessCheck(task, results, options?): a critic names what the results lack (L66).

const { checks, panel } = wf;

const GAPS = {
  type: "object",
  properties: {
    complete: { type: "boolean" },
    missing: { type: "array", items: { type: "string" } },
  },
  required: ["complete", "missing"],
  additionalProperties: false,
};

function prompt(task, results) {
  return `What does the task below ask for that the results lack? Name each missing piece in one line,
and nothing that is there already. complete is true exactly if nothing is missing.

Task:
${panel.show(task)}

Results:
${panel.show(results)}`;
}

wf.define("completenessCheck", async function completenessCheck(task, results, options) {
  if (task === undefined || results === undefined) {
    throw wf.badArgument("completenessCheck: expected a task and its results");
  }
  const { agent } = checks.options("completenessCheck", options);
  const request = { segment: "c", label: "completeness check", prompt: prompt(task, results) };
  const [gaps] = await panel.ask("completenessCheck", [request], GAPS, agent);
  if (gaps === null) return null;
  const { complete, missing } = gaps;
  return { complete: complete && missing.length === 0, missing };
});
