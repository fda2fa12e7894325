// judgePanel(candidates, options?): judges score each candidate, the best mean wins (L64).

const { checks, panel, slots } = wf;

const SCORE = {
  type: "object",
  properties: { score: { type: "number", minimum: 0, maximum: 1 }, reason: { type: "string" } },
  required: ["score", "reason"],
  additionalProperties: false,
};

function prompt(candidate, rubric) {
  const measure = rubric === undefined ? "" : `Judge by this rubric:\n${panel.show(rubric)}\n\n`;
  return `Score the candidate below from 0 (useless) to 1 (cannot be better). Judge what is there, not
what it promises, and use the whole scale. Give the reason in one or two sentences.

${measure}Candidate:
${panel.show(candidate)}`;
}

// What was lost before it came here is nobody's to judge.
function present(candidate) {
  return candidate !== null && candidate !== undefined;
}

function requestsFor(candidates, judges, rubric) {
  const requests = [];
  for (let c = 0; c < candidates.length; c++) {
    for (let j = 0; j < judges && present(candidates[c]); j++) {
      const label = `judge ${j + 1}/${judges} of candidate ${c + 1}`;
      const text = prompt(candidates[c], rubric);
      requests.push({ candidate: c, segment: `j${c}.${j}`, label, prompt: text });
    }
  }
  return requests;
}

function best(candidates, requests, answers) {
  let winner = null;
  for (let index = 0; index < candidates.length; index++) {
    const judgments = answers.filter((it, i) => it !== null && requests[i].candidate === index);
    if (judgments.length === 0) continue;
    const score = judgments.reduce((sum, it) => sum + it.score, 0) / judgments.length;
    if (winner === null || score > winner.score) {
      winner = { index, attempt: candidates[index], score, judgments };
    }
  }
  return winner;
}

wf.define("judgePanel", async function judgePanel(candidates, options) {
  if (!Array.isArray(candidates)) throw wf.badArgument("judgePanel: candidates must be an array");
  const { judges: asked, rubric, agent } = checks.options("judgePanel", options);
  const judges = checks.count("judgePanel", "judges", asked, 3);
  const list = slots.copied("judgePanel", candidates);
  slots.checkLength("judgePanel", list.length * judges);
  const requests = requestsFor(list, judges, rubric);
  const answers = await panel.ask("judgePanel", requests, SCORE, agent);
  return best(list, requests, answers);
});
