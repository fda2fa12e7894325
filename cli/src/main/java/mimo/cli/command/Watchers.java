package mimo.cli.command;

import java.time.Duration;
import java.util.Optional;

/// Finds who watches over the parked runs of this machine's store, and sees to it that somebody
/// does.
public final class Watchers {

  /// How long a daemon stays with nothing to wait for.
  public static final Duration IDLE = Duration.ofHours(1);

  private final Setting setting;

  public Watchers(Setting setting) {
    this.setting = setting;
  }

  /// Somebody who watches, as people are told, such as `the daemon (process 7)`.
  ///
  /// @param news whether he has only now begun to
  public record Watcher(String who, boolean news) {}

  /// Starts a daemon unless somebody watches.
  public Watcher ensure(Duration idle) throws InterruptedException {
    var known = daemon().or(this::another);
    if (known.isPresent()) {
      return new Watcher(known.get(), false);
    }
    return new Watcher(named(setting.background().get().startDaemon(idle)), true);
  }

  /// Whoever goes on with a run that has parked; empty if nobody does, and nobody is to.
  Optional<Watcher> onParked() throws InterruptedException {
    return setting.background().get().isOnDemand()
        ? Optional.of(ensure(IDLE))
        : daemon().map(who -> new Watcher(who, false));
  }

  private Optional<String> daemon() {
    return setting.background().get().daemon().map(Watchers::named);
  }

  /// Asked by watching for a moment.
  private Optional<String> another() {
    try (var parked = setting.runs().get().parked()) {
      return parked.watchAlone();
    }
  }

  private static String named(Background.Daemon daemon) {
    return "the daemon (process " + daemon.pid() + ")";
  }
}
