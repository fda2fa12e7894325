package mimo.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import mimo.cli.command.InterruptSource;
import mimo.cli.error.ExitCode;
import org.jspecify.annotations.Nullable;

/// Turns INT, TERM and HUP into a wish to stop (A70). Thread-safe.
///
/// The first signal asks whoever is registered to stop, and gives it a few seconds; a second one,
/// or the end of that time, ends the process on the spot. That is safe at any instant: what is
/// durable stays, the rest is done again by a resume, and the script's process ends with its pipe.
final class Interrupts implements InterruptSource {

  /// The process is gone six seconds after a signal; this leaves a moment to end.
  private static final Duration GRACE = Duration.ofMillis(5_800);

  private final IntConsumer halt;
  private final AtomicReference<@Nullable Runnable> registered = new AtomicReference<>();
  private final AtomicBoolean signalled = new AtomicBoolean();

  /// @param halt ends the process with an exit code at once
  Interrupts(IntConsumer halt) {
    this.halt = halt;
  }

  /// Listens to this process's signals from now on, but for those its parent chose to ignore: what
  /// runs under nohup outlives its terminal.
  Interrupts listen() {
    for (var name : List.of("INT", "TERM", "HUP")) {
      Signals.handle(name, this::signal);
    }
    return this;
  }

  @Override
  public Registration onInterrupt(Runnable action) {
    registered.set(action);
    return () -> registered.compareAndSet(action, null);
  }

  /// A signal has come.
  void signal() {
    var action = registered.get();
    if (action == null || signalled.getAndSet(true)) {
      halt.accept(ExitCode.INTERRUPTED.number());
      return;
    }
    Thread.ofPlatform().daemon().name("mimo-grace").start(this::haltAfterGrace);
    action.run();
  }

  private void haltAfterGrace() {
    try {
      Thread.sleep(GRACE);
      halt.accept(ExitCode.INTERRUPTED.number());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
