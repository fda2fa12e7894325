package mimo.cli.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A process with all its descendants, followed from its start to its end. It is looked at many
/// times a second, so that what it uses after the last look is not seen.
public final class ProcessTree {

  private static final long TICK_MILLIS = 10;
  private static final long PAGE_BYTES = 4096;

  private ProcessTree() {}

  /// What the whole tree used.
  public record Usage(int exit, double wallMillis, double cpuMillis, long peakBytes) {}

  /// What the whole tree has used up to a moment, and what it holds then.
  public record Look(Duration cpu, long residentBytes) {}

  /// Looks at the processes of a tree that are alive.
  public static Look now(Process process) {
    var cpu = Duration.ZERO;
    long resident = 0;
    for (var one : alive(process)) {
      cpu = cpu.plus(one.info().totalCpuDuration().orElse(Duration.ZERO));
      resident += residentBytes(one.pid());
    }
    return new Look(cpu, resident);
  }

  private static List<ProcessHandle> alive(Process process) {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
  }

  /// Starts the process and follows it to its end.
  public static Usage follow(ProcessBuilder builder) throws IOException, InterruptedException {
    Map<Long, Duration> cpu = new HashMap<>();
    long peak = 0;
    long start = System.nanoTime();
    var process = builder.start();
    while (!process.waitFor(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
      long resident = 0;
      for (var one : alive(process)) {
        one.info().totalCpuDuration().ifPresent(used -> cpu.put(one.pid(), used));
        resident += residentBytes(one.pid());
      }
      peak = Math.max(peak, resident);
    }
    double wall = (System.nanoTime() - start) / 1e6;
    double millis = cpu.values().stream().mapToDouble(Duration::toMillis).sum();
    return new Usage(process.exitValue(), wall, millis, peak);
  }

  private static long residentBytes(long pid) {
    try {
      var statm = Files.readString(Path.of("/proc", Long.toString(pid), "statm"));
      return Long.parseLong(statm.split(" ", -1)[1]) * PAGE_BYTES;
    } catch (IOException ended) {
      return 0;
    }
  }
}
