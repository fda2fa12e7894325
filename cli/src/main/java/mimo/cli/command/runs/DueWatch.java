package mimo.cli.command.runs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import mimo.cli.command.Background.Apart;
import mimo.cli.command.Runs.ParkedWatch;
import mimo.cli.command.Setting;
import mimo.cli.error.CommandException;
import mimo.engine.ParkReason;
import mimo.engine.ParkedRun;
import mimo.engine.RunId;

/// Waits for parked runs to become due, and takes each up in a process of its own (D51, D52).
/// Confined to the command's thread.
///
/// So it owns no run, none has to wait until another one ends, and whatever befalls one, its memory
/// or a kill, befalls no other.
public final class DueWatch {

  /// How often it looks whether somebody has answered, or the clock was put forward.
  static final Duration LOOK = Duration.ofMillis(250);

  /// How long before its moment a run is taken up: its process needs a while to begin, and then
  /// waits for the moment, which it meets.
  static final Duration AHEAD = Duration.ofSeconds(3);

  /// How many runs it takes up at once; what is due beyond that waits for one of them to end. Each
  /// has a process, and another one for its script.
  static final int AT_ONCE = 8;

  /// How long it leaves a store alone that cannot be read.
  private static final Duration TROUBLED = Duration.ofSeconds(5);

  /// How long those at work get to pause, once this is to end.
  private static final Duration PAUSING = Duration.ofMillis(5_500);

  private final Setting setting;
  private final Manner manner;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Map<RunId, Apart> atWork = new HashMap<>();

  /// By run, the entry that said it is parked when it was taken up. If it says so still, once that
  /// process has ended, the run was refused: it is left alone, not tried for ever.
  private final Map<RunId, Long> tried = new HashMap<>();

  private String trouble = "";

  /// How it watches.
  ///
  /// @param idle how long it stays with nothing to wait for
  /// @param words further ones for those who take up a run, such as `--quiet`
  /// @param told hears what is said to people; may be called from any thread
  public record Manner(Duration idle, List<String> words, Consumer<String> told) {
    public Manner {
      words = List.copyOf(words);
    }
  }

  /// Why it ended.
  public enum End {
    /// Nothing was parked that goes on by itself.
    IDLE,
    /// Somebody wanted it to.
    STOPPED
  }

  public DueWatch(Setting setting, Manner manner) {
    this.setting = setting;
    this.manner = manner;
  }

  /// Watches until it is to end.
  ///
  /// @param parked of which this process is the only watcher
  public End watch(ParkedWatch parked) throws InterruptedException {
    try (var _ = setting.interrupts().onInterrupt(stopped::countDown)) {
      var lastNeed = now();
      List<ParkedRun> waiting;
      do {
        waiting = waiting(parked);
        takeUpDue(waiting);
        if (!waiting.isEmpty() || !atWork.isEmpty() || isTroubled()) {
          lastNeed = now();
        } else if (!now().isBefore(lastNeed.plus(manner.idle()))) {
          return End.IDLE;
        }
      } while (!isStoppedWithin(pause(waiting)));
      return End.STOPPED;
    } finally {
      stopAll();
    }
  }

  private Instant now() {
    return setting.clock().instant();
  }

  private boolean isStoppedWithin(Duration time) throws InterruptedException {
    return stopped.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// Until the earliest moment, but no longer than until the next look.
  private Duration pause(List<ParkedRun> waiting) {
    if (isTroubled()) {
      return TROUBLED;
    }
    return waiting.stream()
        .flatMap(run -> begin(run).stream())
        .map(begin -> Duration.between(now(), begin))
        .filter(time -> time.isPositive() && time.compareTo(LOOK) < 0)
        .min(Duration::compareTo)
        .orElse(LOOK);
  }

  /// When to take a run up; empty while nobody knows. What a provider limits begins with a request
  /// to it, which must not come early.
  private static Optional<Instant> begin(ParkedRun run) {
    return Optional.ofNullable(run.until())
        .map(until -> run.reason() == ParkReason.USAGE_LIMIT ? until : until.minus(AHEAD));
  }

  /// The runs that may become due, or are and nobody has taken them up.
  private List<ParkedRun> waiting(ParkedWatch parked) {
    atWork.values().removeIf(process -> !process.isAlive());
    var all = look(parked);
    if (!isTroubled()) {
      var known = all.stream().map(ParkedRun::id).collect(Collectors.toSet());
      tried.keySet().removeIf(run -> !known.contains(run) && !atWork.containsKey(run));
    }
    return all.stream()
        .filter(run -> run.goesOnByItself() && !atWork.containsKey(run.id()) && !isRefused(run))
        .toList();
  }

  private boolean isRefused(ParkedRun run) {
    var entry = tried.get(run.id());
    return entry != null && entry == run.entry();
  }

  /// A store that is busy or broken is not the end of a watch that may last for days: it is told
  /// once, and looked at later.
  private List<ParkedRun> look(ParkedWatch parked) {
    try {
      var runs = parked.look();
      trouble = "";
      return runs;
    } catch (CommandException broken) {
      tellOnce(broken);
      return List.of();
    }
  }

  private void tellOnce(CommandException broken) {
    var told = broken.failure().code() + ": " + broken.failure().message();
    if (!told.equals(trouble)) {
      trouble = told;
      manner.told().accept(told);
    }
  }

  private boolean isTroubled() {
    return !trouble.isEmpty();
  }

  private void takeUpDue(List<ParkedRun> waiting) {
    var now = now();
    waiting.stream()
        .filter(run -> begin(run).filter(begin -> !begin.isAfter(now)).isPresent())
        .limit((long) AT_ONCE - atWork.size())
        .forEach(this::takeUp);
  }

  private void takeUp(ParkedRun run) {
    tried.put(run.id(), run.entry());
    var words = new ArrayList<>(List.of("runs", "resume", run.id().value(), "--detach"));
    words.addAll(manner.words());
    try {
      // It finds the configuration it had where it was started.
      var folder = setting.runs().get().workspace(run.id());
      Consumer<String> told = line -> manner.told().accept(run.id() + ": " + line);
      var process = setting.background().get().start(folder, words, told);
      atWork.put(run.id(), process);
    } catch (CommandException refused) {
      manner.told().accept(run.id() + ": " + refused.failure().message());
    }
  }

  /// Those at work pause: they can be resumed.
  private void stopAll() throws InterruptedException {
    atWork.values().forEach(Apart::stop);
    var end = System.nanoTime() + PAUSING.toNanos();
    for (var process : atWork.values()) {
      process.endsWithin(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
  }
}
