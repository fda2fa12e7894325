package mimo.cli.terminal;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import mimo.agent.provider.offline.OfflineProvider;
import mimo.cli.error.Failure;
import mimo.engine.Loss;
import mimo.engine.ParkReason;
import mimo.engine.RunEvent;
import mimo.engine.RunId;
import mimo.engine.RunResult;
import mimo.engine.reuse.ReuseReport;
import org.jspecify.annotations.Nullable;

/// How a command that runs a workflow ended, as both people and programs are told.
///
/// @param run the run's id; null if none was started
/// @param status `completed`, `failed`, `cancelled`, `parked`, `paused` or `interrupted`; in a
///   report also `running`; `refused` if what a command wanted of the run was not done
/// @param value the result as JSON text; null unless completed
/// @param failure what went wrong, or what the run waits for; null if completed and delivered
/// @param document the file that holds the text result; null if none does
/// @param waitsFor what a parked run waits for; null unless parked
/// @param reuse what became of the record if the run continues an earlier one; null if it does not
public record Outcome(
    @Nullable String run,
    String status,
    @Nullable String value,
    List<Loss> losses,
    Map<String, Long> usage,
    boolean offline,
    @Nullable Failure failure,
    @Nullable Path document,
    @Nullable ParkReason waitsFor,
    @Nullable ReuseReport reuse) {

  private static final String OFFLINE = OfflineProvider.LABEL;

  /// The status, and the code, of a run that somebody stopped for good.
  private static final String CANCELLED = "cancelled";

  private static final String REFUSED = "refused";

  public Outcome {
    losses = List.copyOf(losses);
    usage = Map.copyOf(usage);
  }

  private Outcome(
      @Nullable String run,
      String status,
      @Nullable String value,
      List<Loss> losses,
      Map<String, Long> usage,
      boolean offline,
      @Nullable Failure failure,
      @Nullable Path document,
      @Nullable ParkReason waitsFor) {
    this(run, status, value, losses, usage, offline, failure, document, waitsFor, null);
  }

  /// The same outcome of a run that continues an earlier one.
  public Outcome reusing(@Nullable ReuseReport report) {
    return new Outcome(
        run, status, value, losses, usage, offline, failure, document, waitsFor, report);
  }

  /// The outcome of a run.
  ///
  /// @param source the text of a file, to show the line a failure points at
  public static Outcome of(
      RunResult result, boolean offline, Function<String, @Nullable String> source) {
    var run = result.id().value();
    return switch (result) {
      case RunResult.Completed done ->
          new Outcome(
              run,
              "completed",
              done.value(),
              done.losses(),
              done.usage(),
              offline,
              null,
              null,
              null);
      case RunResult.Failed failed ->
          new Outcome(
              run,
              failed.code().equals(CANCELLED) ? CANCELLED : "failed",
              null,
              failed.losses(),
              failed.usage(),
              offline,
              new Failure(
                  failed.code(),
                  failed.message(),
                  failed.position(),
                  failed.position() == null ? null : source.apply(failed.position().file()),
                  run),
              null,
              null);
      case RunResult.Parked parked ->
          resumable(result, "parked", offline, told(parked.code(), parked.message(), run));
      case RunResult.Paused paused ->
          resumable(result, "paused", offline, told(paused.code(), paused.message(), run));
      case RunResult.Interrupted stopped ->
          resumable(result, "interrupted", offline, told(stopped.code(), stopped.message(), run));
    };
  }

  private static Failure told(String code, String message, String run) {
    return new Failure(code, message, null, null, run);
  }

  /// A run that stands still, and goes on when it is resumed.
  private static Outcome resumable(
      RunResult result, String status, boolean offline, Failure failure) {
    var waitsFor = result instanceof RunResult.Parked parked ? parked.reason() : null;
    return new Outcome(
        result.id().value(),
        status,
        null,
        result.losses(),
        result.usage(),
        offline,
        failure,
        null,
        waitsFor);
  }

  /// How many agents a run asked for.
  public static int agents(List<RunEvent> events) {
    return told(events).agents().size();
  }

  private static BoardState told(List<RunEvent> events) {
    var board = new RunBoard(InstantSource.fixed(Instant.EPOCH));
    board.recall(events);
    return board.state();
  }

  /// A run told from its events.
  ///
  /// @param status how it stands, for example `running`
  public static Outcome told(RunId run, String status, List<RunEvent> events) {
    var state = told(events);
    if (!events.isEmpty() && events.getLast() instanceof RunEvent.Ended end) {
      var failure =
          end.code() == null
              ? null
              : new Failure(
                  end.code(),
                  Objects.requireNonNullElse(end.message(), ""),
                  end.position(),
                  null,
                  run.value());
      return new Outcome(
          run.value(),
          status,
          end.value(),
          end.losses(),
          end.usage(),
          state.offline(),
          failure,
          null,
          null);
    }
    var last = events.isEmpty() ? null : events.getLast();
    var parked = last instanceof RunEvent.Parked waiting ? waiting : null;
    return new Outcome(
        run.value(),
        status,
        null,
        List.of(),
        state.usage(),
        state.offline(),
        standstill(run, last),
        null,
        parked == null ? null : parked.reason());
  }

  private static @Nullable Failure standstill(RunId run, @Nullable RunEvent last) {
    return switch (last) {
      case RunEvent.Parked parked ->
          new Failure(parked.code(), parked.message(), null, null, run.value());
      case RunEvent.Paused paused ->
          new Failure(paused.code(), paused.message(), null, null, run.value());
      case null, default -> null;
    };
  }

  /// A command that ended without a run of its own; a run that its failure names did not end by it.
  public static Outcome of(Failure failure) {
    var run = failure.run();
    var status = run == null ? "failed" : REFUSED;
    return new Outcome(run, status, null, List.of(), Map.of(), false, failure, null, null);
  }

  /// Whether something was asked of a run that was not done, so that the run stands as it stood.
  boolean isRefusal() {
    return status.equals(REFUSED);
  }

  /// The result if it is a text, as people are to read it: what no language model wrote says so
  /// (A25).
  public Optional<String> text() {
    return Optional.ofNullable(value)
        .flatMap(JsonText::string)
        .map(text -> offline && !text.startsWith(OFFLINE) ? OFFLINE + "\n\n" + text : text);
  }

  /// The same outcome, whose result did not get where it was wanted.
  public Outcome undelivered(Failure reason) {
    var told = new Failure(reason.code(), reason.message(), null, null, run);
    return new Outcome(run, status, value, losses, usage, offline, told, null, waitsFor, reuse);
  }

  /// The same outcome, its text written to `file`.
  public Outcome in(Path file) {
    return new Outcome(run, status, value, losses, usage, offline, failure, file, waitsFor, reuse);
  }
}
