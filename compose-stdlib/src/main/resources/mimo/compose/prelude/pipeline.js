// pipeline(items, ...stages): each item goes through the stages on its own (L42).

const { losses, slots } = wf;

// One item's way through the stages; a stage that throws ends it, a stage's own null passes on.
function travel(item, index, stages) {
  const strand = losses.open();
  const enter = (stage, previous) =>
    losses.enter(wf.inFrame, `l${index}.${stage}`, losses.open(strand), () =>
      slots.attempt(() => stages[stage](previous, item, index)),
    );
  const onward = (stage, previous) =>
    stage === stages.length
      ? previous
      : enter(stage, previous).then((value) => onward(stage + 1, value));
  return slots.settled(strand, `pipeline[${index}]`, slots.attempt(() => onward(0, item)));
}

wf.define("pipeline", function pipeline(items, ...stages) {
  try {
    if (!Array.isArray(items)) throw wf.badArgument("pipeline: items must be an array");
    const list = slots.copied("pipeline", items);
    if (wf.stagedPipeline !== undefined && Array.isArray(stages[0])) {
      return wf.stagedPipeline(list, stages[0], stages[1]);
    }
    for (let i = 0; i < stages.length; i++) {
      if (typeof stages[i] !== "function") {
        throw wf.badArgument(`pipeline: stage ${i + 1} is no function`);
      }
    }
    const started = [];
    for (let i = 0; i < list.length; i++) started[i] = travel(list[i], i, stages);
    return slots.gather(slots.indexes("pipeline", started), started, []);
  } catch (fault) {
    return Promise.reject(fault);
  }
});
