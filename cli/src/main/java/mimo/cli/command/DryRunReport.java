package mimo.cli.command;

import java.util.List;
import mimo.cli.error.Failure;
import org.jspecify.annotations.Nullable;

/// What a dry run of a script showed (L116).
///
/// @param calls in the order of asking
/// @param files how often the script looked at a file of the workspace
/// @param log what the script said, phases aside
/// @param value its result as JSON text; null if it failed
/// @param failure why it failed; null if it did not
public record DryRunReport(
    String workflow,
    List<String> phases,
    List<Call> calls,
    int files,
    List<String> log,
    List<String> losses,
    @Nullable String value,
    @Nullable Failure failure) {

  public DryRunReport {
    phases = List.copyOf(phases);
    calls = List.copyOf(calls);
    log = List.copyOf(log);
    losses = List.copyOf(losses);
  }

  /// One agent that would be asked.
  ///
  /// @param path where in the script's structure, for example `p3/l0.2`; empty at the top
  /// @param phase the group it belongs to; empty for none
  /// @param model as the script or the command line names it; empty for the run's default
  /// @param cost what it may cost; null if nobody said what the model costs
  public record Call(String path, String label, String phase, String model, @Nullable Range cost) {}

  /// From the least to the most, in millionths of a dollar.
  public record Range(long low, long high) {

    Range plus(Range other) {
      return new Range(low + other.low, high + other.high);
    }
  }
}
