// odw: pipeline(items, [{name, run, concurrency?}], options?) (L29).

const { checks, losses, slots } = wf;

// At most `most` pieces of work at once, first come first served.
function limiter(most) {
  const queue = [];
  let head = 0;
  let running = 0;
  return async (work) => {
    if (running < most) running++;
    else await new Promise((go) => queue.push(go));
    try {
      return await work();
    } finally {
      // Whoever waits takes over the place, so the number of those who run stays the same.
      if (head < queue.length) queue[head++]();
      else running--;
    }
  };
}

function readStage(stage, index) {
  const { name, run, concurrency } = typeof stage === "object" && stage !== null ? stage : {};
  if (typeof name !== "string" || name === "" || typeof run !== "function") {
    throw wf.badArgument(`pipeline: stage ${index + 1} must be {name, run}`);
  }
  const most = checks.count("pipeline", `concurrency of stage "${name}"`, concurrency, Infinity);
  return { name, run, most };
}

function read(stages, given) {
  const { strategy = "item-streaming", ...options } = checks.options("pipeline", given);
  if (strategy !== "item-streaming" && strategy !== "stage-barrier") {
    throw wf.badArgument('pipeline: strategy must be "item-streaming" or "stage-barrier"');
  }
  const concurrency = checks.count("pipeline", "concurrency", options.concurrency, Infinity);
  const read = slots.copied("pipeline", stages).map(readStage);
  if (read.length === 0) throw wf.badArgument("pipeline: at least one stage is needed");
  const limits = read.map(({ most }) => limiter(most));
  const streams = strategy === "item-streaming";
  return { stages: read, limits, streams, concurrency, failFast: options.failFast === true };
}

// One item on its way. After a failure with failFast, nothing more is started.
function travel(plan, item, index, shared) {
  const label = `pipeline[${index}]`;
  const strand = losses.open();
  let outcome = { value: item, loss: undefined, threw: false };
  const start = (stage) => {
    const { name, run } = plan.stages[stage];
    const more = { itemIndex: index, stageIndex: stage, stageName: name };
    const context = wf.stageContext(`item${index}-${name}`, more);
    return losses.enter(wf.inFrame, `l${index}.${stage}`, losses.open(strand), () =>
      slots.attempt(() => run(outcome.value, context)),
    );
  };
  const advance = async (stage) => {
    if (outcome.threw) return;
    await plan.limits[stage](async () => {
      if (shared.stopped) {
        outcome = { value: null, loss: { label, reason: "fail_fast" }, threw: true };
        return;
      }
      outcome = await slots.outcome(strand, label, start(stage));
      if (outcome.threw && plan.failFast) shared.stopped = true;
    });
  };
  return { advance, outcome: () => outcome };
}

async function stream(plan, ways, limit) {
  await Promise.all(
    ways.map((way) =>
      limit(async () => {
        for (let stage = 0; stage < plan.stages.length; stage++) await way.advance(stage);
      }),
    ),
  );
}

async function barrier(plan, ways, limit) {
  for (let stage = 0; stage < plan.stages.length; stage++) {
    await Promise.all(ways.map((way) => limit(() => way.advance(stage))));
  }
}

wf.stagedPipeline = async (items, stages, options) => {
  const plan = read(stages, options);
  const shared = { stopped: false };
  const ways = items.map((item, index) => travel(plan, item, index, shared));
  await (plan.streams ? stream : barrier)(plan, ways, limiter(plan.concurrency));
  const outcomes = ways.map((way) => Promise.resolve(way.outcome()));
  return slots.gather(slots.indexes("pipeline", outcomes), outcomes, []);
};
