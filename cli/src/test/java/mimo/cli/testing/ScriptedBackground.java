package mimo.cli.testing;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import mimo.cli.command.Background;
import mimo.cli.error.CommandException;
import org.jspecify.annotations.Nullable;

/// Other processes that a test plays. Confined to one thread.
public final class ScriptedBackground implements Background {

  public static final Daemon DAEMON =
      new Daemon(4711, Instant.parse("2026-11-22T09:00:00Z"), Path.of("/state/daemon.log"));

  private final List<String> told = new ArrayList<>();
  private final Function<List<String>, Apart> processes;
  private boolean onDemand;
  private boolean luckless;
  private @Nullable Daemon daemon;

  /// Where nothing may be started.
  public ScriptedBackground() {
    this(words -> {
      throw new AssertionError("started: mimo " + String.join(" ", words));
    });
  }

  /// @param processes what comes of a start with some words
  public ScriptedBackground(Function<List<String>, Apart> processes) {
    this.processes = processes;
  }

  /// The same, for a user who wants a daemon as soon as one is of use.
  public ScriptedBackground onDemand() {
    onDemand = true;
    return this;
  }

  /// The same, but no daemon can be started.
  public ScriptedBackground luckless() {
    luckless = true;
    return this;
  }

  /// The same, with a daemon at work.
  public ScriptedBackground withDaemon() {
    daemon = DAEMON;
    return this;
  }

  /// What was done to the daemon, and what was started.
  public List<String> told() {
    return List.copyOf(told);
  }

  @Override
  public Apart start(Path folder, List<String> words, Consumer<String> lines) {
    told.add("mimo " + String.join(" ", words));
    lines.accept("works");
    return processes.apply(words);
  }

  @Override
  public Optional<Daemon> daemon() {
    return Optional.ofNullable(daemon);
  }

  @Override
  public Daemon startDaemon(Duration idle) {
    told.add("start for " + idle);
    if (luckless) {
      throw new CommandException("daemon_failed", "no process is left");
    }
    daemon = DAEMON;
    return DAEMON;
  }

  @Override
  public void stop(Daemon those) {
    told.add("stop " + those.pid());
    daemon = null;
  }

  @Override
  public Announcement announce() {
    told.add("announced");
    return () -> told.add("taken back");
  }

  @Override
  public boolean isOnDemand() {
    return onDemand;
  }
}
