package mimo.cli.testing;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import mimo.cli.command.DryRunReport;
import mimo.cli.command.ForkOrder;
import mimo.cli.command.Launch;
import mimo.cli.command.Resumption;
import mimo.cli.command.RunWatch;
import mimo.cli.command.Runs;
import mimo.cli.command.Shelf;
import mimo.cli.error.CommandException;
import mimo.cli.error.Failure;
import mimo.cli.script.Script;
import mimo.cli.terminal.Audience;
import mimo.engine.AnswerReceipt;
import mimo.engine.AskedGate;
import mimo.engine.ControlOutcome;
import mimo.engine.ControlRequest;
import mimo.engine.GateAnswer;
import mimo.engine.ParkReason;
import mimo.engine.ParkedRun;
import mimo.engine.RecordedEvent;
import mimo.engine.RunEvent;
import mimo.engine.RunId;
import mimo.engine.RunProgress;
import mimo.engine.RunResult;
import mimo.engine.journal.SessionEntry;
import mimo.engine.reuse.ReusePlan;
import mimo.engine.reuse.ReuseReport;
import mimo.engine.reuse.RunDiff;
import org.jspecify.annotations.Nullable;

/// Runs that play given events and end as they are told to.
public final class ScriptedRuns implements Runs {

  private final List<String> answers = new ArrayList<>();

  public static final RunId RUN = new RunId("7f3a00000001");

  private static final Instant BEGAN = Instant.parse("2026-11-22T17:10:42.120Z");

  private static final Failure KEY_REFUSED =
      new Failure("provider_access", "test refused the key (401).", null, null, "c0ffee000001");

  private final List<RunEvent> past;
  private final List<RunEvent> events;
  private final @Nullable RunResult result;
  private final List<Launch> launches = new ArrayList<>();
  private final List<ControlRequest> requests = new ArrayList<>();
  private final List<RunId> stolen = new ArrayList<>();
  private ControlOutcome outcome = new ControlOutcome.Applied();
  private final Map<Integer, List<SessionEntry>> sessions = new HashMap<>();
  private final List<Resumption> resumptions = new ArrayList<>();
  private @Nullable Path document;
  private @Nullable CommandException refusal;
  private @Nullable RunId refused;
  private List<AskedGate> gates = List.of(GATE);
  private Supplier<List<ParkedRun>> parked = List::of;
  private @Nullable String watcher;
  private final List<RunId> resumed = new ArrayList<>();

  /// @param past what happened before
  /// @param events what happens once started or resumed
  /// @param result how the run then ends; null if only an interrupt ends it
  public ScriptedRuns(List<RunEvent> past, List<RunEvent> events, @Nullable RunResult result) {
    this.past = List.copyOf(past);
    this.events = List.copyOf(events);
    this.result = result;
  }

  /// The same, with a file that is to receive a text result.
  public ScriptedRuns into(Path file) {
    document = file;
    return this;
  }

  /// The same, but no run can be resumed.
  public ScriptedRuns refusing(String code, String message) {
    refusal = new CommandException(code, message);
    return this;
  }

  /// The same, but this run cannot be resumed.
  public ScriptedRuns refusing(RunId run, String code, String message) {
    refused = run;
    return refusing(code, message);
  }

  /// The same, with runs that are parked like this whenever somebody looks.
  public ScriptedRuns parked(Supplier<List<ParkedRun>> looks) {
    parked = looks;
    return this;
  }

  /// The same, but somebody watches already.
  public ScriptedRuns watchedBy(String who) {
    watcher = who;
    return this;
  }

  /// The same, but these are the questions of every run.
  public ScriptedRuns asking(List<AskedGate> those) {
    gates = List.copyOf(those);
    return this;
  }

  /// The runs that somebody wanted to resume, in that order.
  public List<RunId> resumed() {
    return List.copyOf(resumed);
  }

  @Override
  public ParkedWatch parked() {
    return new ParkedWatch() {
      @Override
      public Optional<String> watchAlone() {
        return Optional.ofNullable(watcher);
      }

      @Override
      public List<ParkedRun> look() {
        return parked.get();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public Path workspace(RunId run) {
    return Path.of("/nowhere");
  }

  /// The same, but this comes of whatever is asked of a run.
  public ScriptedRuns answering(ControlOutcome what) {
    outcome = what;
    return this;
  }

  /// What runs were started with.
  public List<Launch> launches() {
    return List.copyOf(launches);
  }

  /// How runs were taken up again, or planned to be.
  public List<Resumption> resumptions() {
    return List.copyOf(resumptions);
  }

  @Override
  public Planned plan(RunId run, Resumption how) {
    resumptions.add(how);
    return new Planned(
        new ReusePlan(List.of(), List.of(), new ReusePlan.Reach(true, false), Map.of()),
        how.mode());
  }

  @Override
  public Running fork(RunId run, ForkOrder order, Audience audience) {
    return play(audience);
  }

  @Override
  public RunDiff diff(RunId one, RunId other) {
    return new RunDiff(List.of());
  }

  @Override
  public Optional<ReuseReport> reuse(RunId run) {
    return Optional.empty();
  }

  @Override
  public Running start(Launch launch, Audience audience) {
    launches.add(launch);
    return play(audience);
  }

  @Override
  public Running resume(RunId run, Resumption how, Audience audience) {
    resumptions.add(how);
    resumed.add(run);
    if (refusal != null && (refused == null || refused.equals(run))) {
      throw refusal;
    }
    return play(audience);
  }

  @Override
  public DryRunReport dryRun(Launch launch, @Nullable String answers) {
    launches.add(launch);
    return new DryRunReport("review", List.of(), List.of(), 0, List.of(), List.of(), answers, null);
  }

  @Override
  public Checked check(Script script) {
    return new Checked(List.of(), List.of(), 0, "");
  }

  @Override
  public Script script(RunId run) {
    return new Script("review.js", "/flows/review.js", "export const meta = {};\n");
  }

  @Override
  public List<Line> list() {
    return List.of(
        new Line(
            RUN,
            "review",
            "completed",
            Instant.parse("2026-11-22T17:10:43.120Z"),
            Instant.parse("2026-11-22T17:12:46.120Z"),
            3,
            1,
            null,
            new RunProgress("", Map.of("cost_micro_usd", 31_400L)),
            false),
        new Line(
            new RunId("0a1b2c3d4e5f"),
            "a workflow with a name that is far too long",
            "interrupted",
            Instant.parse("2026-11-21T09:00:00Z"),
            null,
            12,
            0,
            null,
            new RunProgress("Verify", Map.of()),
            true),
        new Line(
            new RunId("c0ffee000001"),
            "audit",
            "parked",
            Instant.parse("2026-11-20T08:30:00Z"),
            null,
            50,
            0,
            new Parking(ParkReason.PROVIDER, KEY_REFUSED, null),
            new RunProgress("", Map.of()),
            false),
        new Line(
            new RunId("ffffffffffff"),
            "",
            "damaged",
            null,
            null,
            0,
            0,
            null,
            new RunProgress("", Map.of()),
            false));
  }

  @Override
  public Line find(String prefix) {
    return list().stream()
        .filter(line -> line.id().value().startsWith(prefix))
        .findFirst()
        .orElseThrow(
            () -> new CommandException("run_unknown", "no run's id begins with '" + prefix + "'"));
  }

  @Override
  public RunId id(String prefix) {
    return find(prefix).id();
  }

  @Override
  public List<RunEvent> past(RunId run) {
    return events(run);
  }

  /// What was asked of runs.
  public List<ControlRequest> requests() {
    return List.copyOf(requests);
  }

  @Override
  public RunWatch watch() {
    return new Watching();
  }

  /// Shows the past first, then one thing that happens at each look.
  private final class Watching implements RunWatch {
    private int shown;

    @Override
    public List<Line> list() {
      return ScriptedRuns.this.list();
    }

    @Override
    public Line find(String prefix) {
      var line = ScriptedRuns.this.find(prefix);
      var ended = shown >= past.size() + events.size();
      return new Line(
          line.id(),
          line.workflow(),
          ended ? line.status() : "running",
          line.started(),
          line.ended(),
          line.steps(),
          line.losses(),
          line.parking(),
          line.progress(),
          line.pinned());
    }

    @Override
    public List<RecordedEvent> next(RunId run) {
      var all = new ArrayList<>(past);
      all.addAll(events);
      int to = shown < past.size() ? past.size() : Math.min(shown + 1, all.size());
      var next = new ArrayList<RecordedEvent>();
      for (; shown < to; shown++) {
        next.add(at(shown + 1L, all.get(shown)));
      }
      return next;
    }

    @Override
    public ControlOutcome ask(RunId run, ControlRequest request) {
      requests.add(request);
      return outcome;
    }

    @Override
    public void steal(RunId run) {
      stolen.add(run);
    }

    @Override
    public void close() {}
  }

  /// The runs that were taken from their owners.
  public List<RunId> stolen() {
    return List.copyOf(stolen);
  }

  @Override
  public List<RunEvent> events(RunId run) {
    return past;
  }

  /// This run asks this, and takes "red".
  private static final AskedGate GATE =
      new AskedGate(0, 3, "Which?", "{\"enum\":[\"red\",\"blue\"]}", null, null, null, true);

  @Override
  public List<AskedGate> gates(RunId run) {
    return gates;
  }

  @Override
  public ControlOutcome answer(RunId run, AskedGate gate, String value, String who) {
    answers.add(gate.seq() + " " + value);
    return value.equals("\"red\"")
        ? new ControlOutcome.Applied()
        : new ControlOutcome.Refused("answer_misfit", value + " does not fit");
  }

  /// What was answered, as `step value`.
  public List<String> answers() {
    return List.copyOf(answers);
  }

  /// An event of the run; each is written a second after the one before.
  public static RecordedEvent at(long number, RunEvent event) {
    return new RecordedEvent(RUN, 0, number, BEGAN.plusSeconds(number), event);
  }

  @Override
  public Optional<String> asked(RunId run, int step) {
    return sessions.containsKey(step)
        ? Optional.of(
            "{\"schema\":{\"prompt\":1},\"prompt\":\"Find it.\\n%s\"}"
                .formatted("long ".repeat(99)))
        : Optional.empty();
  }

  @Override
  public List<SessionEntry> session(RunId run, int step) {
    return sessions.getOrDefault(step, List.of());
  }

  /// The same, with an agent that said and did this.
  public ScriptedRuns saying(int step, List<SessionEntry> entries) {
    sessions.put(step, entries);
    return this;
  }

  private Running play(Audience audience) {
    for (int i = 0; i < events.size(); i++) {
      audience.recorded(at(past.size() + i + 1L, events.get(i)));
    }
    return new Played(result, Optional.ofNullable(document));
  }

  private static final class Played implements Running {

    private final @Nullable RunResult result;
    private final Optional<Path> document;
    private final CountDownLatch interrupted = new CountDownLatch(1);

    private Played(@Nullable RunResult result, Optional<Path> document) {
      this.result = result;
      this.document = document;
    }

    @Override
    public RunId id() {
      return RUN;
    }

    @Override
    public Optional<Path> document() {
      return document;
    }

    @Override
    public String source(String file) {
      return "export const meta = {};\nlet answer = await agent(1);\nreturn answer;\n";
    }

    @Override
    public RunResult await() throws InterruptedException {
      if (result != null) {
        return result;
      }
      interrupted.await();
      return new RunResult.Interrupted(
          RUN, "interrupted", "stopped by the user", List.of(), Map.of());
    }

    @Override
    public AnswerReceipt answer(int seq, GateAnswer answer) {
      return new AnswerReceipt.NoGate();
    }

    @Override
    public void detach() {
      interrupted.countDown();
    }

    @Override
    public void pause() {
      interrupted.countDown();
    }

    @Override
    public void close() {}
  }

  @Override
  public Shelf shelf() {
    throw new AssertionError("no command here keeps or removes a run");
  }
}
