package mimo.cli.command;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a run is to be taken up again.
///
/// @param changes what is not to be as it was
public record Resumption(Mode mode, Changes changes) {

  /// Exactly where it stopped, as it was.
  public static final Resumption EXACT = new Resumption(Mode.EXACT, Changes.NONE);

  /// What becomes of what is recorded.
  public enum Mode {
    /// It is replayed as it is, and the run goes on from its end.
    EXACT,
    /// The script, which may have been edited, runs again, and reuses what still fits.
    CONTINUE
  }

  /// What `--set` changes; null leaves a thing as it was.
  ///
  /// @param budget for example `200k` or `1.5usd`
  /// @param model `provider/id` or an alias
  public record Changes(
      @Nullable Integer concurrency,
      @Nullable String budget,
      @Nullable Duration deadline,
      @Nullable String model) {
    public static final Changes NONE = new Changes(null, null, null, null);
  }
}
