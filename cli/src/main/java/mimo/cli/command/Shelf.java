package mimo.cli.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import mimo.cli.error.Failure;
import mimo.cli.error.SourceExcerpt;
import mimo.engine.RunId;
import mimo.engine.RunSummary;
import org.jspecify.annotations.Nullable;

/// What becomes of runs that are over: they are kept, carried elsewhere, replayed as tests,
/// removed. What cannot be done is a `CommandException` with a name of the error table.
public interface Shelf {

  /// Writes all of a run into one file, cleaned by every rule there is.
  ///
  /// @param file is replaced; null for one named after the run, in this folder
  Exported export(RunId run, @Nullable Path file);

  /// Takes a run out of such a file into the store.
  ///
  /// @return its id, which is another one if its own was taken
  RunId take(Path file);

  /// Removes runs for good, bytes and all.
  ///
  /// @return how many bytes the store is smaller
  long remove(List<RunId> runs);

  void pin(RunId run);

  void unpin(RunId run);

  /// Removes ended runs of long ago.
  Swept sweep(Plan plan);

  /// Replays exported runs, those in folders among them, in the order of their names (D58).
  ///
  /// @param paths files and folders; none for what lies in this workspace
  List<Tested> test(List<Path> paths) throws InterruptedException;

  /// Which runs are long ago.
  ///
  /// @param olderThan how long ago they ended
  /// @param newest how many of the newest stay in any case
  record Plan(Duration olderThan, int newest, Mode mode) {}

  /// Whether a plan is carried out.
  enum Mode {
    REMOVE,
    SHOW
  }

  /// A run in a file.
  ///
  /// @param missing the scripts whose texts are not in it, since they are gone or have changed
  record Exported(Path file, long bytes, List<String> missing) {
    public Exported {
      missing = List.copyOf(missing);
    }
  }

  /// What a sweep removed, or would.
  ///
  /// @param bytes what the store takes on the disk now
  record Swept(List<RunSummary> runs, long bytes) {
    public Swept {
      runs = List.copyOf(runs);
    }
  }

  /// What a replay came to.
  ///
  /// @param code a name of the error table; empty if the test passed
  /// @param message why it failed, with the place in a script if there is one
  /// @param excerpt the lines of a script that are at fault; empty if none are
  record Tested(
      Path file, String workflow, int steps, String code, String message, List<String> excerpt) {
    public Tested {
      excerpt = List.copyOf(excerpt);
    }

    public Tested(Path file, String workflow, int steps, String code, String message) {
      this(file, workflow, steps, code, message, List.of());
    }

    /// A test that could not be run.
    public static Tested broken(Path file, Failure why) {
      var at = why.position();
      var source = why.source();
      return new Tested(
          file,
          "",
          0,
          why.code(),
          at == null ? why.message() : at + ": " + why.message(),
          at == null || source == null ? List.of() : SourceExcerpt.of(source, at));
    }

    public boolean passed() {
      return code.isEmpty();
    }
  }
}
