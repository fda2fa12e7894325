// verify(item, options?): reviewers try to refute a claim, and a vote decides (L63).

const { checks, panel } = wf;

const VOTE = {
  type: "object",
  properties: { real: { type: "boolean" }, reason: { type: "string" } },
  required: ["real", "reason"],
  additionalProperties: false,
};

function prompt(item, lens) {
  const view = lens === undefined ? "" : `Look at it with this in mind: ${lens}\n\n`;
  return `Try to refute the claim below. Take nothing on trust: look for the evidence yourself.

${view}Answer real: true only if the claim withstands your best attempt; false if it is wrong,
cannot be shown, or does not matter. Give the decisive reason in one or two sentences.

Claim:
${panel.show(item)}`;
}

// One lens for all, or one for each reviewer in turn.
function lensOf(lens, reviewer) {
  const one = Array.isArray(lens) && lens.length > 0 ? lens[reviewer % lens.length] : lens;
  return checks.text("verify", "lens", one);
}

wf.define("verify", async function verify(item, options) {
  const { reviewers: asked, threshold = 0.5, lens, agent } = checks.options("verify", options);
  const reviewers = checks.count("verify", "reviewers", asked, 2);
  if (item === undefined) throw wf.badArgument("verify: there is nothing to verify");
  if (typeof threshold !== "number" || !(threshold >= 0 && threshold <= 1)) {
    throw wf.badArgument("verify: threshold must be a number from 0 to 1");
  }
  const requests = [];
  for (let i = 0; i < reviewers; i++) {
    const label = `verify ${i + 1}/${reviewers}`;
    requests.push({ segment: `v${i}`, label, prompt: prompt(item, lensOf(lens, i)) });
  }
  const answers = await panel.ask("verify", requests, VOTE, agent);
  const votes = answers.filter((vote) => vote !== null);
  const total = votes.length;
  const realCount = votes.filter((vote) => vote.real).length;
  return { real: total === 0 ? null : realCount / total >= threshold, realCount, total, votes };
});
