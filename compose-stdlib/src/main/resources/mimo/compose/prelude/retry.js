// retry(thunk, options?): tries until there is a value (L62).

const { checks, losses } = wf;

wf.define("retry", async function retry(thunk, options) {
  checks.functionIn("retry", "thunk", thunk);
  const { attempts: asked, until } = checks.options("retry", options);
  const attempts = checks.count("retry", "attempts", asked, 3);
  if (until !== undefined) checks.functionIn("retry", "until", until);
  const failed = [];
  for (let attempt = 0; ; attempt++) {
    const last = attempt + 1 === attempts;
    const strand = losses.open();
    failed.push(strand);
    let value;
    try {
      value = await losses.enter(wf.within, `r${attempt}`, strand, async () => thunk(attempt));
    } catch (fault) {
      if (last) throw fault;
      continue;
    }
    const enough = until === undefined ? value !== null : await until(value);
    if (enough) losses.recover(failed.slice(0, -1));
    if (enough || last) return value;
  }
});
