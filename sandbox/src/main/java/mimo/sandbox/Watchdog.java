package mimo.sandbox;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import mimo.sandbox.protocol.Frame;

/// Judges whether a worker has taken too much. One thread checks, another one tells it of
/// deliveries; it never stops anybody by itself.
///
/// An entry is busy from the delivery of a frame until the worker is idle. CPU is the worker's own.
/// Wall time counts only while somebody waits for the worker: a slow caller is not the guest's
/// fault.
final class Watchdog {

  /// What a worker has used so far.
  record Usage(Duration cpu, long residentBytes) {

    static Usage of(ProcessHandle process) {
      var cpu = process.info().totalCpuDuration().orElse(Duration.ZERO);
      return new Usage(cpu, ProcessStatus.residentBytes(process));
    }
  }

  /// What a worker does with a frame, and so what it may take for it.
  enum Work {
    SCRIPT,
    /// Taking types out is mimo's own work: none of it counts for the script.
    ERASURE;

    static Work of(Frame.ToWorker frame) {
      return frame instanceof Frame.Erase ? ERASURE : SCRIPT;
    }
  }

  /// What the worker is busy with.
  private record Entry(long frame, Work work) {
    static final Entry NONE = new Entry(0, Work.SCRIPT);
  }

  private final SandboxLimits.Times times;
  private final SandboxLimits.Memory memory;
  private final LongSupplier nanos;

  private volatile Entry entry = Entry.NONE;
  private volatile long waited;
  private volatile long waitingSince;
  private volatile boolean waiting;

  private Entry judgedEntry = Entry.NONE;
  private Duration cpuBefore = Duration.ZERO;
  private Duration cpuLast = Duration.ZERO;
  private Duration cpuOfErasures = Duration.ZERO;

  Watchdog(SandboxLimits limits, LongSupplier nanos) {
    this.times = limits.times();
    this.memory = limits.memory();
    this.nanos = nanos;
  }

  /// A frame went to the worker.
  ///
  /// @param frame its number, from 1
  void delivered(long frame, Work what) {
    waited = 0;
    entry = new Entry(frame, what);
  }

  void idle() {
    entry = Entry.NONE;
  }

  boolean busy() {
    return !entry.equals(Entry.NONE);
  }

  void waitBegins() {
    waitingSince = nanos.getAsLong();
    waiting = true;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // Only the waiting thread writes.
  void waitEnds() {
    waiting = false;
    waited += nanos.getAsLong() - waitingSince;
  }

  /// The reason to kill the worker, if there is one.
  Optional<SandboxException> judge(Usage usage) {
    if (usage.residentBytes() > memory.residentBytes()) {
      return Optional.of(
          new SandboxException(
              "script_memory",
              "the script's process holds %d MiB; at most %d are allowed"
                  .formatted(usage.residentBytes() >> 20, memory.residentBytes() >> 20)));
    }
    var now = entry;
    if (now.equals(judgedEntry) && now.work() == Work.ERASURE) {
      cpuOfErasures = cpuOfErasures.plus(usage.cpu().minus(cpuLast));
    }
    cpuLast = usage.cpu();
    var total = usage.cpu().minus(cpuOfErasures);
    if (total.compareTo(times.totalCpu()) > 0) {
      return Optional.of(
          cpu("the script used " + seconds(total) + " s of CPU in all", times.totalCpu()));
    }
    return judgeEntry(usage, now);
  }

  private Optional<SandboxException> judgeEntry(Usage usage, Entry now) {
    if (!now.equals(judgedEntry)) {
      // The first look at an entry: what was used before it does not count.
      judgedEntry = now;
      cpuBefore = usage.cpu();
      return Optional.empty();
    }
    if (now.equals(Entry.NONE)) {
      return Optional.empty();
    }
    var cpu = usage.cpu().minus(cpuBefore);
    var what = now.work();
    var mostCpu = what == Work.ERASURE ? times.erasureCpu() : times.entryCpu();
    if (cpu.compareTo(mostCpu) > 0) {
      return Optional.of(cpu(doing(what) + seconds(cpu) + " s of CPU without waiting", mostCpu));
    }
    // In this order: a wait that ends in between is then counted late, not twice.
    long before = waited;
    long since = waiting ? nanos.getAsLong() - waitingSince : 0;
    var wall = Duration.ofNanos(before + since);
    var mostWall = what == Work.ERASURE ? times.erasureWall() : times.entryWall();
    if (wall.compareTo(mostWall) > 0) {
      return Optional.of(cpu(doing(what) + seconds(wall) + " s without waiting", mostWall));
    }
    return Optional.empty();
  }

  private static String doing(Work what) {
    return switch (what) {
      case SCRIPT -> "the script ran ";
      case ERASURE -> "taking out the script's types ran ";
    };
  }

  private static SandboxException cpu(String what, Duration limit) {
    return new SandboxException(
        "script_cpu", what + "; at most " + seconds(limit) + " s are allowed");
  }

  private static String seconds(Duration time) {
    return "%d.%02d".formatted(time.toSeconds(), time.toMillisPart() / 10);
  }
}
