// Agents that helpers ask for a verdict (L120). Who fails abstains, and is recorded as a loss.

const { checks, losses, slots } = wf;

// What a prompt shows of a value: text as it is, all else as JSON.
function show(value) {
  return typeof value === "string" ? value : JSON.stringify(wf.copy(value), null, 2);
}

// Asks `{segment, label, prompt}` for each, all at once, with the caller's options for agents;
// resolves to their values, null for those who abstain.
function ask(where, requests, schema, options) {
  const given = { ...checks.options(`${where}: agent`, options) };
  if (given.keep !== undefined) {
    throw wf.badArgument(`${where}: agent: keep is for agent() alone`);
  }
  const started = [];
  for (let i = 0; i < requests.length; i++) {
    const { segment, label, prompt } = requests[i];
    const request = wf.agentRequest({ ...given, label: given.label ?? label, prompt, schema });
    started[i] = { segment, label, request };
  }
  for (let i = 0; i < started.length; i++) {
    const { segment, label, request } = started[i];
    const strand = losses.open();
    started[i] = losses.enter(wf.inFrame, segment, strand, () =>
      slots.outcome(strand, label, slots.attempt(() => wf.ask(request, wf.plainAnswer))),
    );
  }
  return slots.gather(slots.indexes(where, started), started, []);
}

wf.panel = { ask, show };
