package mimo.cli.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SequencedSet;
import mimo.cli.command.DryRunReport.Call;
import mimo.cli.error.CommandException;
import mimo.engine.Activity;
import mimo.engine.ActivityContext;
import mimo.engine.ActivityRequest;
import mimo.engine.ActivityResult;
import mimo.engine.Allowance;
import mimo.engine.BudgetLimit;
import mimo.engine.CancellationToken;
import mimo.engine.Delivery;
import mimo.engine.RunId;
import mimo.engine.RunScope;
import mimo.engine.Session;
import mimo.engine.StepKind;
import mimo.engine.StepOutcome;
import mimo.engine.journal.WaitInput;

/// A run that asks no model, writes nothing and is written nowhere: each agent's answer is there at
/// once, in the order of asking. The same script and arguments give the same run.
final class DryRun implements RunScope {

  /// A script that only looks at files asks for ever; no real one asks so often.
  private static final int MOST_STEPS = 200_000;

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final RunId RUN = new RunId("000000000000");

  private final String arguments;
  private final DryRunAnswers answers;
  private final Reads reads;
  private final DryRunCosts costs;
  private final Queue<Delivery> waiting = new ArrayDeque<>();
  private final Queue<Moment> timers =
      new PriorityQueue<>(Comparator.comparing(Moment::at).thenComparingInt(Moment::seq));
  private final List<Call> calls = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private final SequencedSet<String> phases = new LinkedHashSet<>();
  private Duration skipped = Duration.ZERO;
  private int steps;
  private int budgets;
  private int fileSteps;

  /// A step that waits for a moment.
  private record Moment(Instant at, int seq) {}

  /// What a dry run may do: look.
  ///
  /// @param files at files of the workspace
  /// @param workflows at the scripts that the run's own runs
  record Reads(Activity files, Activity workflows) {}

  DryRun(String arguments, DryRunAnswers answers, Reads reads, DryRunCosts costs) {
    this.arguments = arguments;
    this.answers = answers;
    this.reads = reads;
    this.costs = costs;
  }

  List<Call> calls() {
    return calls;
  }

  List<String> phases() {
    return List.copyOf(phases);
  }

  List<String> logLines() {
    return log;
  }

  int fileSteps() {
    return fileSteps;
  }

  @Override
  public RunId id() {
    return RUN;
  }

  @Override
  public String arguments() {
    return arguments;
  }

  @Override
  public String seed() {
    return HexFormat.of().formatHex(new byte[32]);
  }

  @Override
  public Instant startedAt() {
    return START;
  }

  @Override
  public int schedule(ActivityRequest request) {
    steps++;
    if (steps > MOST_STEPS) {
      throw new CommandException(
          "too_many_steps", "the script asked for more than " + MOST_STEPS + " steps");
    }
    var outcome =
        switch (request.kind()) {
          case AGENT, CONTINUE -> ask(request);
          case FILE -> {
            fileSteps++;
            yield look(reads.files(), request);
          }
          case TOOL -> answers.toTool(request);
          case WORKFLOW -> look(reads.workflows(), request);
          case GATE -> answers.toGate(request);
          case NESTED -> throw new IllegalStateException("a part is not scheduled, but entered");
          case TIMER -> new StepOutcome.Completed("null");
        };
    if (request.kind() == StepKind.TIMER) {
      timers.add(new Moment(now().plus(WaitInput.delay(request.input())), steps));
    } else {
      waiting.add(new Delivery(steps, outcome, now(), 0));
    }
    return steps;
  }

  /// Each step takes a second, and moments that are waited for come at once.
  private Instant now() {
    return START.plusSeconds(steps).plus(skipped);
  }

  /// Moments come in their order, but not before what agents and files answer at once.
  private Delivery firstMoment() {
    var moment = timers.remove();
    if (moment.at().isAfter(now())) {
      skipped = skipped.plus(Duration.between(now(), moment.at()));
    }
    return new Delivery(moment.seq(), new StepOutcome.Completed("null"), now(), 0);
  }

  private StepOutcome ask(ActivityRequest request) {
    var outcome = answers.answer(request);
    if (!request.phase().isEmpty()) {
      phases.add(request.phase());
    }
    var model = DryRunAnswers.input(request).path("model").asText("");
    calls.add(
        new Call(
            request.path(), request.label(), request.phase(), model, costs.of(request, model)));
    return outcome;
  }

  private StepOutcome look(Activity reader, ActivityRequest request) {
    try {
      return switch (reader.perform(request, new Here(steps))) {
        case ActivityResult.Completed(var value, _, _) -> new StepOutcome.Completed(value);
        case ActivityResult.Failed(var code, var message, _) ->
            new StepOutcome.Failed(code, message);
        case ActivityResult.Suspended(_, var code, var message, _) ->
            new StepOutcome.Failed(code, message);
        case ActivityResult.Cancelled _ -> new StepOutcome.Failed("cancelled", "stopped");
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new StepOutcome.Failed("cancelled", "stopped");
    }
  }

  @Override
  public void abandon(int seq) {
    // Everything else was answered when it was asked for.
    var dropped = timers.stream().filter(moment -> moment.seq() == seq).findFirst();
    dropped.ifPresent(moment -> {
      timers.remove(moment);
      var outcome = new StepOutcome.Failed("stopped", "nobody waits for it any more");
      waiting.add(new Delivery(seq, outcome, now(), 0));
    });
  }

  @Override
  public void log(String text) {
    log.add(text);
  }

  @Override
  public void enterPhase(String title) {
    phases.add(title);
  }

  /// Nothing is spent here.
  @Override
  public int openBudget(int parent, String name, BudgetLimit.Total limit) {
    return ++budgets;
  }

  @Override
  public int openSteps() {
    return waiting.size() + timers.size();
  }

  @Override
  public List<Delivery> awaitDeliveries() {
    return List.of(waiting.isEmpty() ? firstMoment() : waiting.remove());
  }

  @Override
  public CancellationToken cancellation() {
    return CancellationToken.never();
  }

  /// A step of a run that is none.
  record Here(int seq) implements ActivityContext {

    @Override
    public RunId run() {
      return RUN;
    }

    @Override
    public CancellationToken cancellation() {
      return CancellationToken.never();
    }

    @Override
    public void charge(Map<String, Long> usage) {
      throw new IllegalStateException("a dry run has nothing to charge: " + usage);
    }

    @Override
    public Allowance allowance() {
      return Allowance.UNLIMITED;
    }

    @Override
    public Allowance claim(Map<String, Long> most) {
      return Allowance.UNLIMITED;
    }

    @Override
    public Optional<String> memo(int seq) {
      return Optional.empty();
    }

    @Override
    public Session session() {
      return Session.unrecorded();
    }
  }
}
