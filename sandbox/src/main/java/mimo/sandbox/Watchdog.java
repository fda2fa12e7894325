package mimo.sandbox;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

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

  private final SandboxLimits.Times times;
  private final SandboxLimits.Memory memory;
  private final LongSupplier nanos;

  private volatile long entry;
  private volatile long waited;
  private volatile long waitingSince;
  private volatile boolean waiting;

  private long judgedEntry;
  private Duration cpuBefore = Duration.ZERO;

  Watchdog(SandboxLimits limits, LongSupplier nanos) {
    this.times = limits.times();
    this.memory = limits.memory();
    this.nanos = nanos;
  }

  /// A frame went to the worker.
  ///
  /// @param frame its number, from 1
  void delivered(long frame) {
    waited = 0;
    entry = frame;
  }

  void idle() {
    entry = 0;
  }

  boolean busy() {
    return entry != 0;
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
    if (usage.cpu().compareTo(times.totalCpu()) > 0) {
      return Optional.of(
          cpu("the script used " + seconds(usage.cpu()) + " s of CPU in all", times.totalCpu()));
    }
    return judgeEntry(usage);
  }

  private Optional<SandboxException> judgeEntry(Usage usage) {
    long now = entry;
    if (now != judgedEntry) {
      // The first look at an entry: what was used before it does not count.
      judgedEntry = now;
      cpuBefore = usage.cpu();
      return Optional.empty();
    }
    if (now == 0) {
      return Optional.empty();
    }
    var cpu = usage.cpu().minus(cpuBefore);
    if (cpu.compareTo(times.entryCpu()) > 0) {
      return Optional.of(
          cpu("the script ran " + seconds(cpu) + " s of CPU without waiting", times.entryCpu()));
    }
    // In this order: a wait that ends in between is then counted late, not twice.
    long before = waited;
    long since = waiting ? nanos.getAsLong() - waitingSince : 0;
    var wall = Duration.ofNanos(before + since);
    if (wall.compareTo(times.entryWall()) > 0) {
      return Optional.of(
          cpu("the script ran " + seconds(wall) + " s without waiting", times.entryWall()));
    }
    return Optional.empty();
  }

  private static SandboxException cpu(String what, Duration limit) {
    return new SandboxException(
        "script_cpu", what + "; at most " + seconds(limit) + " s are allowed");
  }

  private static String seconds(Duration time) {
    return "%d.%02d".formatted(time.toSeconds(), time.toMillisPart() / 10);
  }
}
