package mimo.cli.command.runs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import mimo.cli.command.InterruptSource;
import mimo.cli.command.RunWatch;
import mimo.cli.error.ExitCode;
import mimo.engine.RecordedEvent;
import mimo.engine.RunId;

/// Follows runs of any process until nobody works on them any more.
final class Following {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final RunWatch watch;

  Following(RunWatch watch) {
    this.watch = watch;
  }

  /// Tells all that happens, in the order of each run. A signal ends this, and nothing else.
  ///
  /// @return `INTERRUPTED` after a signal
  ExitCode until(InterruptSource interrupts, List<RunId> runs, Consumer<RecordedEvent> listener) {
    var self = Thread.currentThread();
    try (var _ = interrupts.onInterrupt(self::interrupt)) {
      var open = new ArrayList<>(runs);
      while (!open.isEmpty()) {
        open.removeIf(run -> !isOpen(run, listener));
        if (!open.isEmpty()) {
          Thread.sleep(BETWEEN_LOOKS);
        }
      }
      return ExitCode.OK;
    } catch (InterruptedException e) {
      return ExitCode.INTERRUPTED;
    }
  }

  private boolean isOpen(RunId run, Consumer<RecordedEvent> listener) {
    // Before the events: whoever ends between the two has written them all.
    boolean open = watch.find(run.value()).status().equals("running");
    for (var next = watch.next(run); !next.isEmpty(); next = watch.next(run)) {
      next.forEach(listener);
    }
    return open;
  }
}
