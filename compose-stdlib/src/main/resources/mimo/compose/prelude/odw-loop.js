// odw: loop({initialState, run, options}): rounds over a state until one says it is done (L67).

const { checks, losses } = wf;

function read(input) {
  const given = checks.options("loop", input ?? null);
  const { label = "loop", initialState, run, options } = given;
  checks.text("loop", "label", label);
  checks.functionIn("loop", "run", run);
  if (initialState === undefined) throw wf.badArgument("loop: initialState is missing");
  const { maxRounds, failureMode = "throw", timeoutMs } = checks.options("loop", options);
  if (maxRounds === undefined) throw wf.badArgument("loop: options.maxRounds is missing");
  if (timeoutMs !== undefined) {
    throw wf.error("not_available", 'loop option "timeoutMs" is not available in this version');
  }
  if (failureMode !== "throw" && failureMode !== "settled") {
    throw wf.badArgument('loop: failureMode must be "throw" or "settled"');
  }
  const rounds = checks.count("loop", "options.maxRounds", maxRounds);
  return { label, initialState, run, rounds, settled: failureMode === "settled" };
}

function next(result) {
  const { done, nextState } = typeof result === "object" && result !== null ? result : {};
  if (typeof done !== "boolean" || nextState === undefined) {
    throw wf.badArgument("loop: a round must give {done, nextState}");
  }
  return { done, state: wf.copy(nextState) };
}

function round({ label, run }, index, state) {
  const context = wf.stageContext(`${label}-round${index + 1}`, {
    label,
    roundIndex: index,
    roundNumber: index + 1,
  });
  return losses.enter(wf.within, `o${index}`, losses.open(), async () =>
    next(await run(wf.copy(state), context)),
  );
}

wf.define("loop", async function loop(input) {
  const { label, initialState, rounds, settled, ...work } = read(input);
  let finalState = wf.copy(initialState);
  let roundsCompleted = 0;
  const ending = (status, error) => {
    const record = { ok: error === undefined, status, label, roundsCompleted, finalState };
    return error === undefined ? record : { ...record, error };
  };
  while (roundsCompleted < rounds) {
    try {
      const { done, state } = await round({ label, ...work }, roundsCompleted, finalState);
      finalState = state;
      roundsCompleted++;
      if (done) return settled ? ending("succeeded") : finalState;
    } catch (fault) {
      if (!settled) throw fault;
      const error = { code: losses.reasonOf(fault), message: losses.messageOf(fault) };
      return ending("failed", error);
    }
  }
  const message = `loop: "${label}" was not done after ${rounds} rounds`;
  if (!settled) throw wf.error("max_rounds", message);
  return ending("max_rounds", { code: "max_rounds", message });
});
