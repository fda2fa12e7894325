package mimo.cli.command;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mimo.cli.error.Failure;
import mimo.cli.script.Script;
import mimo.cli.terminal.Audience;
import mimo.engine.AnswerReceipt;
import mimo.engine.AskedGate;
import mimo.engine.ControlOutcome;
import mimo.engine.GateAnswer;
import mimo.engine.ParkReason;
import mimo.engine.ParkedRun;
import mimo.engine.RunEvent;
import mimo.engine.RunId;
import mimo.engine.RunProgress;
import mimo.engine.RunResult;
import mimo.engine.journal.SessionEntry;
import mimo.engine.reuse.ReusePlan;
import mimo.engine.reuse.ReuseReport;
import mimo.engine.reuse.RunDiff;
import org.jspecify.annotations.Nullable;

/// The runs there are, and the means to start and resume one. What cannot be done is a
/// `CommandException` with a name of the error table.
public interface Runs {

  /// How a run can stand ([Line#status]).
  List<String> STATUSES =
      List.of(
          "running",
          "parked",
          "paused",
          "interrupted",
          "completed",
          "failed",
          "cancelled",
          "damaged");

  /// Starts a run of a script.
  Running start(Launch launch, Audience audience) throws InterruptedException;

  /// Takes a run up again, with the arguments it was started with.
  Running resume(RunId run, Resumption how, Audience audience) throws InterruptedException;

  /// What taking a run up like this would do: nobody is asked, and nothing is written (D37).
  Planned plan(RunId run, Resumption how) throws InterruptedException;

  /// Makes a new run that shares what another one did before a step, and goes on from there (D38).
  Running fork(RunId run, ForkOrder order, Audience audience) throws InterruptedException;

  /// Two runs side by side (D40).
  RunDiff diff(RunId one, RunId other);

  /// What became of the record when a run was last continued; empty if it never was.
  Optional<ReuseReport> reuse(RunId run);

  /// Runs a script with made-up answers: no model is asked, and nothing is written (L116).
  ///
  /// @param answers a JSON object, label to answer; null if all are to be made from the schemas
  DryRunReport dryRun(Launch launch, @Nullable String answers) throws InterruptedException;

  /// Reads a script and all it imports as a run would, and runs nothing.
  Checked check(Script script) throws InterruptedException;

  /// The script a run was started with, if it is still what it was.
  Script script(RunId run);

  /// All runs, newest first.
  List<Line> list();

  /// The run whose id begins with `prefix`, and how it stands.
  Line find(String prefix);

  /// The id that begins with `prefix`. How long the run is does not matter.
  RunId id(String prefix);

  /// Looks at runs from outside, and speaks to them, until it is closed.
  RunWatch watch();

  /// What happened in a run so far.
  List<RunEvent> events(RunId run);

  /// The same of a run that is about to be resumed, which does not read it once more.
  List<RunEvent> past(RunId run);

  /// The questions a run has asked so far, in order.
  List<AskedGate> gates(RunId run);

  /// Answers one of them, and waits a moment for whoever works on the run to hear it.
  ///
  /// @param value JSON text
  /// @param who answers
  ControlOutcome answer(RunId run, AskedGate gate, String value, String who)
      throws InterruptedException;

  /// The parked runs, to be looked at again and again until that is closed.
  ParkedWatch parked();

  /// The folder a run works in.
  Path workspace(RunId run);

  /// What a step asks for, as it is stored: JSON text; empty if there is no such step.
  Optional<String> asked(RunId run, int step);

  /// What the agent of a step said and did so far.
  List<SessionEntry> session(RunId run, int step);

  /// What becomes of runs that are over.
  Shelf shelf();

  /// A run this process works on.
  interface Running extends AutoCloseable {

    RunId id();

    /// The text of the script, or of a file it imports, to show the line an error points at; null
    /// if there is no such file.
    @Nullable String source(String file);

    RunResult await() throws InterruptedException;

    /// The file that is to receive a text result, if any.
    Optional<Path> document();

    /// What became of the record if the run continues an earlier one. To be asked at its end.
    default Optional<ReuseReport> reuse() {
      return Optional.empty();
    }

    /// Answers a question the run waits for.
    AnswerReceipt answer(int seq, GateAnswer answer);

    /// Leaves the run to itself: it parks as soon as it can only wait.
    void detach();

    /// Pauses the run because of a signal: it can be resumed, and [#await] returns soon. May be
    /// called from any thread.
    void pause();

    @Override
    void close();
  }

  /// The parked runs, as somebody sees them who waits for them to be due.
  interface ParkedWatch extends AutoCloseable {

    /// Makes this process the only one that watches until it ends or this is closed.
    ///
    /// @return who watches already, such as `process 7 on host`; empty if this process does now
    Optional<String> watchAlone();

    /// All of them, in the order in which they become due. Costs next to nothing while nobody
    /// writes.
    List<ParkedRun> look();

    @Override
    void close();
  }

  /// A plan, and what it is a plan of.
  record Planned(ReusePlan plan, Resumption.Mode mode) {}

  /// What a check of a script came to.
  ///
  /// @param problems everything that is wrong with it, each with its place where one is known
  /// @param warnings what may be wrong with it, such as a workflow it runs that is not there
  /// @param imports how many files it imports
  /// @param hash the script hash (L16)
  record Checked(List<Failure> problems, List<Failure> warnings, int imports, String hash) {
    public Checked {
      problems = List.copyOf(problems);
      warnings = List.copyOf(warnings);
    }
  }

  /// One run in a list.
  ///
  /// @param workflow empty if the run's journal is damaged
  /// @param status `running`, `parked`, `paused`, `interrupted`, `completed`, `failed`, `cancelled`
  ///   or `damaged`
  /// @param steps how many steps were asked for, those of agents and all others
  /// @param started null if the run's journal is damaged
  /// @param parking what a parked run waits for; null unless parked
  /// @param progress the phase it is in and what it used
  /// @param pinned whether somebody wants it kept
  record Line(
      RunId id,
      String workflow,
      String status,
      @Nullable Instant started,
      @Nullable Instant ended,
      int steps,
      int losses,
      @Nullable Parking parking,
      RunProgress progress,
      boolean pinned) {}

  /// What a parked run waits for.
  ///
  /// @param until when it is due; null if somebody must act
  record Parking(ParkReason reason, Failure failure, @Nullable Instant until) {}
}
