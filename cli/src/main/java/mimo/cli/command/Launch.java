package mimo.cli.command;

import java.time.Duration;
import mimo.cli.script.Script;
import org.jspecify.annotations.Nullable;

/// What a run is to be started with; null means: not said on the command line.
///
/// @param arguments the script's `args` as JSON text
/// @param model `provider/id` or an alias
/// @param budget what the run may spend, for example `200k` or `1.5usd`
/// @param size how large the run may become
/// @param dialect the habits the script is written for
/// @param deadline how long processes may work on the run, for example `90m`
/// @param models what a model's name in the script that is not mapped comes to
/// @param output the file for a text result; `-` for none
public record Launch(
    Script script,
    @Nullable String arguments,
    @Nullable String model,
    @Nullable String budget,
    Size size,
    @Nullable String dialect,
    @Nullable Duration deadline,
    Models models,
    @Nullable String output) {

  /// How large a run may become.
  ///
  /// @param concurrency how many agents work at once
  /// @param maxAgents how many agents the run may start
  /// @param maxItems how many members one `parallel`, `pipeline` or `dag` may have
  public record Size(
      @Nullable Integer concurrency, @Nullable Integer maxAgents, @Nullable Integer maxItems) {

    /// Nothing was said.
    public static final Size UNSAID = new Size(null, null, null);
  }

  /// Whether every model a script names must be known here (L71).
  public enum Models {
    ANY,
    KNOWN
  }
}
