// agent(prompt, {keep: true}) resolves to a handle {text, value, continue(prompt, options?)}, with
// which the same agent goes on (L82). As JSON a handle is {text, value}.

const odw = wf.settings.dialect === "odw";

// What a handle of a turn is. `view` is what agent() would have given.
function handle(talk, view) {
  // A record of odw has its text already; elsewhere the view is the value itself.
  const text = typeof view === "string" ? view : JSON.stringify(view);
  const made = odw ? { ...view } : { text, value: view };
  const go = (prompt, options) => next(talk, prompt, options);
  Object.defineProperty(made, "continue", { value: go });
  return Object.freeze(made);
}

// Asks for one turn. What is lost leaves the conversation where it was.
function turn(talk, request, name) {
  const view = (answer) => {
    const seen = talk.view(answer, request);
    if (answer.lost !== undefined) return seen;
    talk.latest = answer.turn;
    return handle(talk, seen);
  };
  const ended = () => {
    talk.open--;
  };
  talk.open++;
  const asked = wf.ask(request, view, name);
  asked.then(ended, ended);
  return asked;
}

// The script's promise for a turn. Others wait for the turn itself: whoever waits for a promise
// answers for its failure, and that is the script's to do.
function promised(talk, asked) {
  talk.tail = asked.then(
    () => {},
    () => {},
  );
  return asked.then((made) => made);
}

// The next turn, once those that were asked for before it are over.
function next(talk, prompt, options) {
  try {
    const request = wf.continueRequest(prompt, options);
    if (request.phase === undefined) request.phase = wf.tag("phase");
    const ask = () => {
      request.after = talk.latest;
      if (talk.cwd !== undefined) request.cwd = talk.cwd;
      return turn(talk, request, "continue");
    };
    return promised(talk, talk.open === 0 && talk.queued === 0 ? ask() : queue(talk, ask));
  } catch (fault) {
    return Promise.reject(fault);
  }
}

function queue(talk, ask) {
  talk.queued++;
  return talk.tail.then(() => {
    talk.queued--;
    return ask();
  });
}

// Begins a conversation with a checked request; `view` is what agent() gives of an answer.
wf.converse = (request, view) => {
  const talk = { latest: 0, open: 0, queued: 0, tail: undefined, view, cwd: request.cwd };
  return promised(talk, turn(talk, request, "agent"));
};
