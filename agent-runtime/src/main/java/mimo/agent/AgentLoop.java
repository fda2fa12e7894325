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
import mimo.agent.json.Json;
import mimo.agent.maxmode.Choice;
import mimo.agent.maxmode.MaxStep;
import mimo.agent.maxmode.Sampled;
import mimo.agent.message.Content;
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

  private static final String GO_ON =
      "Your reply was cut. Continue exactly where it stopped, without repeating anything.";

  private static final String STUCK =
      "Error: your reply said the same words over and over, and was cut. Say what you have to say"
          + " once, or take the next step.";

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

  private final List<Message> messages = new ArrayList<>();
  private final Set<String> callIds = new HashSet<>();
  private final StringBuilder unfinished = new StringBuilder();
  private int continuations;
  private int emptyReplies;
  private int repetitions;
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
    var means = new TurnWatch.Means(meter.allowsMore(), meter::charge, session::kept, events);
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
        case Arrived arrival -> told(arrival.text());
        case Rebuilt rebuilt -> window.rebuilt(rebuilt, messages);
        case SessionFact _ -> {}
      }
    }
    if (!past) {
      for (var arrival : task.tools().arrivals().take()) {
        told(session.arrived(new Arrived(arrival.from(), arrival.text())).text());
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

  private void told(String text) {
    if (messages.getLast() instanceof Message.User before) {
      messages.removeLast();
      messages.add(before.and(text));
    } else {
      messages.add(new Message.User(text));
    }
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
    return request.within(meter.maxOutputTokens(estimate.intake(request)));
  }

  /// The conversation goes on with what is stored; the tools run on what was sent (D11).
  private @Nullable AgentOutcome react(Turn turn, Stops stops) throws InterruptedException {
    var calls = turn.planned().calls();
    if (calls.isEmpty()) {
      return conclude(turn.reply());
    }
    boolean readable =
        calls.stream().anyMatch(call -> Arguments.areReadable(call.call().arguments()));
    emptyReplies = readable ? 0 : emptyReplies + 1;
    messages.add(new Message.Model(turn.reply().content()));
    var answered = tools.run(calls, stops);
    messages.add(new Message.Tools(answered));
    var outcome = answers == null ? null : answers.outcome();
    if (outcome instanceof AgentOutcome.Answered(var value)) {
      messages.removeLast();
      messages.removeLast();
      messages.addAll(AnswerAsWords.of(turn.reply().content(), answered, value));
    }
    if (outcome == null && emptyReplies > AgentLimits.EMPTY_RETRIES) {
      return new AgentOutcome.Ended(
          "empty", "nothing the model said could be read, %d times".formatted(emptyReplies));
    }
    return outcome == null ? guarded(calls, answered, stops) : outcome;
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

  /// A reply without calls: the end, unless it is empty, cut or unfit.
  private @Nullable AgentOutcome conclude(ModelReply.Completed reply) {
    var text = Content.words(reply.content(), Content.Text.class);
    if (reply.finish() == ModelReply.Finish.FILTERED) {
      return new AgentOutcome.Ended("failed", "the provider's filter ended the reply");
    }
    if (reply.finish() == ModelReply.Finish.REPEATED) {
      return repeated(reply, text);
    }
    if (text.isBlank()) {
      return ++emptyReplies > AgentLimits.EMPTY_RETRIES
          ? new AgentOutcome.Ended(
              "empty", "the model had nothing to say, " + emptyReplies + " times")
          : null;
    }
    emptyReplies = 0;
    unfinished.append(text);
    if (reply.finish() == ModelReply.Finish.LENGTH) {
      return continued(reply);
    }
    var whole = unfinished.toString();
    unfinished.setLength(0);
    messages.add(new Message.Model(reply.content()));
    return answers == null
        ? new AgentOutcome.Answered(Json.quote(whole))
        : attempted(answers, whole);
  }

  /// What said the same over and over was cut; it may try again a few times (LG1).
  private @Nullable AgentOutcome repeated(ModelReply.Completed reply, String text) {
    if (++repetitions > GuardLimits.GUARD_RECOVERIES) {
      return new AgentOutcome.Ended(
          "guard", "the model said the same over and over, in " + repetitions + " replies");
    }
    unfinished.setLength(0);
    if (!text.isBlank()) {
      messages.add(new Message.Model(reply.content()));
    }
    told(session.prompted(STUCK));
    return null;
  }

  private @Nullable AgentOutcome continued(ModelReply.Completed reply) {
    if (++continuations > AgentLimits.CONTINUATIONS) {
      return new AgentOutcome.Ended(
          "failed",
          "the reply was still cut by the output limit after %d continuations"
              .formatted(AgentLimits.CONTINUATIONS));
    }
    messages.add(new Message.Model(reply.content()));
    messages.add(new Message.User(session.prompted(GO_ON)));
    return null;
  }

  private @Nullable AgentOutcome attempted(Answers attempts, String text) {
    var correction = attempts.text(text);
    if (correction != null) {
      messages.add(new Message.User(session.prompted(correction)));
    }
    return attempts.outcome();
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
