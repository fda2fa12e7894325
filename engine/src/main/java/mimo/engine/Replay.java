package mimo.engine;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mimo.engine.EngineException.DeterminismViolation;
import mimo.engine.journal.EncodedEntry;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.JournalEntry.RunEnded;
import mimo.engine.journal.JournalEntry.RunStarted;
import mimo.engine.redaction.Placeholders;
import mimo.engine.redaction.Redaction;
import org.jspecify.annotations.Nullable;

/// A recorded run that runs again on its record alone, as a test of its workflow (D58). There is
/// nothing a step could be performed with, nothing is written, and nothing is spent.
public final class Replay {

  private final RunId run;
  private final List<JournalEntry> entries;
  private final RunStarted started;
  private final JournalCodec codec;

  /// What a replay comes to.
  public sealed interface Verdict {

    /// The workflow did what it did then.
    ///
    /// @param steps how many steps it asked for
    record Same(int steps) implements Verdict {}

    /// It left its recorded course; the message says where (D23).
    record Diverged(String message) implements Verdict {}

    /// It asked for the same, and came to another end.
    record EndedOtherwise(String message) implements Verdict {}

    /// It could not be run to its end.
    record Broken(String code, String message) implements Verdict {}
  }

  /// @param entries of the run, all of one generation
  /// @param redaction what is asked for now is compared as it would be stored
  public Replay(RunId run, List<JournalEntry> entries, Redaction redaction) {
    this.run = run;
    this.entries = List.copyOf(entries);
    this.started = RunHistory.started(run, entries.getFirst());
    this.codec =
        new JournalCodec(
            redaction.forRun(started.placeholderKey()), InstantSource.fixed(started.at()));
  }

  /// What the run was started with.
  public RunRequest request() {
    return started.request();
  }

  /// Runs the workflow on the caller's thread.
  public Verdict of(Workflow workflow) throws InterruptedException {
    var scope = new RecordedScope(run, entries, codec);
    try {
      var result = workflow.execute(scope);
      scope.end();
      return compare(result, scope.steps());
    } catch (RecordedScope.RecordUsedUp e) {
      return new Verdict.Same(scope.steps());
    } catch (DeterminismViolation e) {
      return new Verdict.Diverged(e.finding() + ".");
    } catch (EngineException e) {
      return new Verdict.Broken(e.code(), String.valueOf(e.getMessage()));
    }
  }

  private Verdict compare(WorkflowResult result, int steps) {
    var recorded = end();
    if (recorded == null) {
      return new Verdict.Same(steps);
    }
    return switch (result) {
      case WorkflowResult.Finished(var value, _) -> compare(recorded, value, steps);
      case WorkflowResult.Failed failed when failed.resumable() == WorkflowResult.Resumable.YES ->
          new Verdict.Broken(failed.code(), failed.message());
      case WorkflowResult.Failed failed -> compare(recorded, failed, steps);
    };
  }

  private static Verdict compare(RunEnded recorded, WorkflowResult.Failed failed, int steps) {
    return failed.code().equals(recorded.code())
        ? new Verdict.Same(steps)
        : new Verdict.EndedOtherwise(
            "it fails with "
                + failed.code()
                + " ("
                + failed.message()
                + "), but "
                + told(recorded));
  }

  private Verdict compare(RunEnded recorded, String value, int steps) {
    if (recorded.status() != RunEvent.Status.COMPLETED) {
      return new Verdict.EndedOtherwise("it returns a value, but " + told(recorded));
    }
    var now = ((RunEnded) encode(value).stored()).value();
    var then = Objects.requireNonNullElse(recorded.value(), "null");
    return Placeholders.mayBeEqual(then, String.valueOf(now))
        ? new Verdict.Same(steps)
        : new Verdict.EndedOtherwise(
            "it returns " + excerpt(String.valueOf(now)) + ", but " + told(recorded));
  }

  private EncodedEntry encode(String value) {
    return codec.encode(
        new RunEnded(
            RunEvent.Status.COMPLETED, value, null, null, null, List.of(), Map.of(), started.at()));
  }

  private static String told(RunEnded recorded) {
    return switch (recorded.status()) {
      case COMPLETED -> "the record has " + excerpt(String.valueOf(recorded.value()));
      case FAILED -> "the record has the failure " + recorded.code();
      case CANCELLED -> "the recorded run was cancelled";
    };
  }

  private static String excerpt(String text) {
    return text.length() <= EngineLimits.SHOWN_VALUE
        ? text
        : text.substring(0, EngineLimits.SHOWN_VALUE - 1) + "…";
  }

  private @Nullable RunEnded end() {
    return RecordedScope.end(entries);
  }
}
