package mimo.agent;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import mimo.agent.AgentEvent.Status;
import mimo.agent.estimate.RequestEstimate;
import mimo.agent.guard.WatchedReply;
import mimo.agent.maxmode.Choice;
import mimo.agent.maxmode.MaxStep;
import mimo.agent.maxmode.Sampled;
import mimo.agent.message.Message;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.TokenUsage;
import mimo.agent.rebuild.Window;
import mimo.agent.session.AnswerAsWords;
import mimo.agent.session.SessionAttempt;
import mimo.agent.session.SessionAttempt.Received;
import mimo.agent.session.SessionFact;
import mimo.agent.session.SessionFact.Arrived;
import mimo.agent.session.SessionFact.Asked;
import mimo.agent.session.SessionFact.Rebuilt;
import mimo.agent.tool.Arguments;
import mimo.agent.tool.ToolSpec;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;

/// The one loop every agent runs (A1): ask the model, run the tools it calls, append their answers,
/// ask again, until it has nothing more to call. Serves one task, confined to one thread.
final class AgentLoop {

  private static final String TOO_LONG = "context_overflow";

  private final AgentTask task;
  private final SessionAttempt session;
  private final Meter meter;
  private final Consumer<AgentEvent> events;
  private final LongSupplier nanos;
  private final @Nullable Answers answers;
  private final ToolCalls tools;
  private final EndGate ending;
  private final TurnWatch watch;
  private final Window window;
  private final Circles circles;
  private final RequestEstimate estimate;
  private final @Nullable MaxStep max;
  private final PlainReplies plain;

  private final List<Message> messages = new ArrayList<>();
  private final Set<String> callIds = new HashSet<>();
  private TokenUsage used = TokenUsage.NONE;

  /// What the last reply used; nothing if this process has not asked for it.
  private TokenUsage last = TokenUsage.NONE;

  /// One turn: the reply as it is stored, and its calls as they were sent.
  private record Turn(ModelReply.Completed reply, PlannedCalls planned) {}

  /// A loop for `task`, which goes on with what the session remembers.
  ///
  /// @param nanos the monotonic clock
  AgentLoop(
      AgentTask task,
      SessionAttempt session,
      Meter meter,
      Consumer<AgentEvent> events,
      LongSupplier nanos) {
    this.task = task;
    this.session = session;
    this.meter = meter;
    this.events = events;
    this.nanos = nanos;
    this.answers = task.answer() == null ? null : new Answers(task.answer());
    this.plain = new PlainReplies(session, messages, answers);
    this.watch = task.tools().watch();
    this.window = new Window(task.renewal(), task.model(), task.tools());
    this.estimate = new RequestEstimate(window.estimator());
    this.ending = new EndGate(task, session, meter, events);
    var consent = new Consent(task.authority(), task.tools(), session, events);
    this.tools =
        new ToolCalls(
            new ToolCalls.Equipment(task.tools(), task.ahead(), answers),
            consent,
            session,
            events,
            nanos);
    this.circles = new Circles(task.asker(), task.authority().permissions(), session);
    this.max = task.max() == null ? null : new MaxStep(task.max(), means(), meter, events);
  }

  private MaxStep.Means means() {
    var asked = task.renewal().asked().get();
    return new MaxStep.Means(
        task.model(),
        Asked.parts(asked.isEmpty() ? task.prompt() : asked.getLast()),
        call -> ToolCalls.changes(task.tools(), call),
        estimate,
        nanos,
        this::lost);
  }

  /// Written down as well: it was paid, and belongs to what the session used.
  private void lost(Choice choice) {
    used = used.plus(choice.overheadSum());
    session.lost(choice);
  }

  /// How the loop is stopped.
  ///
  /// @param cancellation whatever it does
  /// @param pausing before it asks anything or begins a call; not what a tool is doing (D47)
  record Stops(CancellationToken cancellation, CancellationToken pausing) {

    /// Stopped at once, or not at all.
    static Stops by(CancellationToken cancellation) {
      return new Stops(cancellation, cancellation);
    }

    /// @throws InterruptedException if nothing more is to begin
    void refuseIfPausing() throws InterruptedException {
      if (pausing.isCancelled()) {
        throw new InterruptedException("the run is being paused");
      }
    }
  }

  /// Works until the task has an outcome.
  ///
  /// @throws InterruptedException if stopped; every start has told its end by then
  AgentOutcome run(Stops stops) throws InterruptedException {
    var status = Status.ABORTED;
    events.accept(new AgentEvent.AgentStart(task.model().reference()));
    try {
      messages.addAll(task.history());
      callIds.addAll(PlannedCalls.ids(task.history()));
      circles.recall(task.history());
      messages.add(new Message.User(task.prompt()));
      var outcome = turns(stops);
      status = statusOf(outcome);
      return outcome;
    } finally {
      watch.ended(sight(), endingOf(status, meter.exhausted()));
      events.accept(new AgentEvent.AgentEnd(status, used));
    }
  }

  private TurnWatch.Sight sight() {
    var means = new TurnWatch.Means(meter, session::kept, events);
    return new TurnWatch.Sight(
        messages, task.renewal().before().own(), request(), last, task.model(), means);
  }

  /// Everything that was said for this task, from its prompt to its answer.
  List<Message> said() {
    return List.copyOf(messages.subList(task.history().size(), messages.size()));
  }

  private AgentOutcome turns(Stops stops) throws InterruptedException {
    for (int turn = 1; turn <= task.maxTurns(); turn++) {
      var exhausted = session.remembersATurn() ? "" : meter.exhausted();
      if (!exhausted.isEmpty()) {
        return new AgentOutcome.Ended("budget", "the budget of " + exhausted + " is used up");
      }
      var outcome = turn(turn, stops);
      watch.stepped(sight());
      var end = outcome == null ? null : end(outcome, stops);
      if (end != null) {
        return end;
      }
    }
    return new AgentOutcome.Ended(
        "max_turns", "the agent did not come to an end within " + task.maxTurns() + " turns");
  }

  /// Its tasks, hooks and its goal may want more of it; null if it has to go on.
  private @Nullable AgentOutcome end(AgentOutcome outcome, Stops stops)
      throws InterruptedException {
    var leaving = new EndGate.Leaving(outcome, messages);
    return switch (ending.ask(leaving, stops.cancellation())) {
      case EndGate.Word.Ends(var end) -> end;
      case EndGate.Word.GoesOn(var told) -> {
        if (answers != null) {
          answers.reopen();
        }
        messages.add(new Message.User(told));
        yield null;
      }
    };
  }

  private @Nullable AgentOutcome turn(int number, Stops stops) throws InterruptedException {
    var status = Status.ABORTED;
    var before = used;
    hear();
    makeRoom(stops);
    events.accept(new AgentEvent.StepStart(number));
    try {
      var recalled = session.recall();
      var outcome =
          recalled.isPresent()
              ? react(recalled(recalled.get(), number), stops)
              : asked(ask(stops), number, stops);
      status = outcome == null ? Status.OK : statusOf(outcome);
      return outcome;
    } finally {
      events.accept(new AgentEvent.StepEnd(number, status, used.minus(before)));
    }
  }

  private @Nullable AgentOutcome asked(Sampled sampled, int number, Stops stops)
      throws InterruptedException {
    return switch (sampled.reply()) {
      case ModelReply.Faulted(var code, var message, var until) ->
          new AgentOutcome.Ended(code, message, until);
      case ModelReply.Completed reply ->
          react(received(new Received(reply, sampled.choice()), number), stops);
    };
  }

  /// What came in by itself since the request before is told with this one (A51). It is written
  /// down first: so it is told once.
  private void hear() {
    boolean past = session.remembersATurn();
    for (var known : session.between()) {
      switch (known) {
        case Arrived arrival -> PlainReplies.tell(messages, arrival.text());
        case Rebuilt rebuilt -> window.rebuilt(rebuilt, messages);
        case SessionFact _ -> {}
      }
    }
    if (!past) {
      for (var arrival : task.tools().arrivals().take()) {
        var stored = session.arrived(new Arrived(arrival.from(), arrival.text()));
        PlainReplies.tell(messages, stored.text());
        events.accept(AgentEvent.Notice.arrived(arrival.from()));
      }
    }
  }

  /// Before a request that would nearly fill what the model takes (K16).
  private void makeRoom(Stops stops) throws InterruptedException {
    if (!session.remembersATurn()) {
      stops.refuseIfPausing();
      window.headed(request(List.of()));
      window.due(messages).ifPresent(this::rebuilt);
    }
  }

  /// Written down before the model is told of it: a later process tells it in the same words.
  private void rebuilt(Rebuilt planned) {
    var stored = session.rebuilt(planned);
    window.rebuilt(stored, messages);
    watch.rearm();
    events.accept(AgentEvent.Notice.rebuilt(stored));
  }

  /// A turn of an earlier process: paid for, and told as it was.
  private Turn recalled(Received received, int number) {
    var reply = received.reply();
    var choice = received.choice();
    if (choice != null) {
      events.accept(new AgentEvent.CandidatesStart(choice.wanted(), choice.candidates().size()));
      events.accept(new AgentEvent.CandidatesEnd(Status.OK, choice));
    }
    try (var heard = new StepEvents(events, nanos)) {
      heard.completed(reply);
    }
    used = used.plus(received.paid());
    window.headed(request());
    window.replied(reply);
    return new Turn(reply, PlannedCalls.of(reply, callIds, number).withoutRedacted());
  }

  /// What is too long for the provider is made shorter once (K16).
  private Sampled ask(Stops stops) throws InterruptedException {
    var sampled = sampled(stops);
    if (!(sampled.reply() instanceof ModelReply.Faulted(var code, _, _))
        || !code.equals(TOO_LONG)) {
      return sampled;
    }
    var shorter = window.refused(messages);
    if (shorter.isEmpty()) {
      return sampled;
    }
    rebuilt(shorter.get());
    return sampled(stops);
  }

  private Sampled sampled(Stops stops) throws InterruptedException {
    // What the model is told next must not be lost after it has been told.
    session.awaitDurable();
    stops.refuseIfPausing();
    var either = stops.cancellation().or(stops.pausing());
    try (var heard = new StepEvents(events, nanos)) {
      var request = limited(request());
      window.headed(request);
      if (request.maxOutputTokens().equals(OptionalLong.of(0))) {
        return Sampled.plain(
            new ModelReply.Faulted("budget", "what is left does not pay for another request"));
      }
      if (max == null) {
        meter.sending();
      }
      var sampled =
          max == null
              ? Sampled.plain(
                  WatchedReply.ask(task.model().provider(), request, heard, estimate, either))
              : max.ask(request, heard, either);
      if (sampled.reply() instanceof ModelReply.Completed whole) {
        heard.completed(whole);
      }
      return sampled;
    }
  }

  /// Charged before it is written down: what is known of a reply must not be known for free.
  private Turn received(Received received, int number) {
    var reply = received.reply();
    used = used.plus(received.paid());
    last = reply.usage();
    window.replied(reply);
    if (reply.finish() != ModelReply.Finish.REPEATED) {
      estimate.heard(reply.usage());
    }
    if (received.choice() == null) {
      meter.charge(reply.usage());
    }
    var planned = PlannedCalls.of(reply, callIds, number);
    var known = new ModelReply.Completed(planned.content(), reply.finish(), reply.usage());
    var stored = session.received(new Received(known, received.choice()));
    return new Turn(stored.reply(), planned);
  }

  private ModelRequest request() {
    return request(window.of(messages));
  }

  private ModelRequest request(List<Message> seen) {
    var specs = new ArrayList<ToolSpec>(task.tools().specs());
    if (task.answer() != null) {
      specs.add(task.answer().tool());
    }
    return new ModelRequest(
        task.model().model(),
        task.system(),
        seen,
        specs,
        OptionalLong.empty(),
        task.thinking(),
        task.temperature());
  }

  private ModelRequest limited(ModelRequest request) {
    var intake = estimate.intake(request);
    var left = meter.maxOutputTokens(intake);
    return request.within(ReplyShare.of(left, task.model().size(), intake.likely().input()));
  }

  /// The conversation goes on with what is stored; the tools run on what was sent (D11).
  private @Nullable AgentOutcome react(Turn turn, Stops stops) throws InterruptedException {
    var calls = turn.planned().calls();
    if (calls.isEmpty()) {
      return plain.conclude(turn.reply());
    }
    boolean readable =
        calls.stream().anyMatch(call -> Arguments.areReadable(call.call().arguments()));
    var unreadable = plain.called(readable);
    messages.add(new Message.Model(turn.reply().content()));
    var answered = tools.run(calls, stops);
    messages.add(new Message.Tools(answered));
    var outcome = answers == null ? null : answers.outcome();
    if (outcome instanceof AgentOutcome.Answered(var value)) {
      messages.removeLast();
      messages.removeLast();
      messages.addAll(AnswerAsWords.of(turn.reply().content(), answered, value));
    }
    if (outcome != null) {
      return outcome;
    }
    return unreadable == null ? guarded(calls, answered, stops) : unreadable;
  }

  private @Nullable AgentOutcome guarded(
      List<PlannedCalls.Planned> calls, List<Message.ToolAnswer> answered, Stops stops)
      throws InterruptedException {
    return switch (circles.seen(calls, answered, stops.cancellation())) {
      case null -> null;
      case Circles.Word.Over(var ended) -> ended;
      case Circles.Word.Told(var text) -> {
        messages.add(new Message.User(text));
        yield null;
      }
    };
  }

  /// Who is out of time was stopped by its budget, and by nobody (LG2).
  private static TurnWatch.Ending endingOf(Status status, String exhausted) {
    return switch (status) {
      case OK -> TurnWatch.Ending.ANSWERED;
      case ABORTED -> exhausted.equals("time") ? TurnWatch.Ending.ENDED : TurnWatch.Ending.STOPPED;
      case ERROR, DENIED, SKIPPED -> TurnWatch.Ending.ENDED;
    };
  }

  private static Status statusOf(AgentOutcome outcome) {
    return switch (outcome) {
      case AgentOutcome.Answered _ -> Status.OK;
      case AgentOutcome.Ended _ -> Status.ERROR;
    };
  }
}
