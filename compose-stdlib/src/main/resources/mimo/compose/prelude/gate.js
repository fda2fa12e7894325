// gate(produce, validate, options?): produces until the validator is content (L61).

const { checks, losses } = wf;

function passes(verdict) {
  if (verdict === true || verdict === false) return verdict;
  if (verdict === null) return false;
  if (typeof verdict === "object") return verdict.ok === true;
  throw wf.badArgument("gate: validate must give a boolean, null or {ok, feedback?}");
}

wf.define("gate", async function gate(produce, validate, options) {
  checks.functionIn("gate", "produce", produce);
  checks.functionIn("gate", "validate", validate);
  const attempts = checks.count("gate", "attempts", checks.options("gate", options).attempts, 3);
  const failed = [];
  let feedback;
  for (let attempt = 0; ; attempt++) {
    const strand = losses.open();
    const [value, verdict] = await losses.enter(wf.within, `g${attempt}`, strand, async () => {
      const made = await produce(feedback, attempt);
      return [made, await validate(made, attempt)];
    });
    const ok = passes(verdict);
    if (ok) losses.recover(failed);
    if (ok || attempt + 1 === attempts) return { ok, value, verdict, attempts: attempt + 1 };
    feedback = verdict === null ? undefined : verdict.feedback;
    failed.push(strand);
  }
});
