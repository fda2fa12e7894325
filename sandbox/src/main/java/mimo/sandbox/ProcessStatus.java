package mimo.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What the system tells of a process beyond its handle, read from `/proc` where there is one.
final class ProcessStatus {

  private ProcessStatus() {}

  /// Bytes of memory the process holds; zero where the system does not tell.
  static long residentBytes(ProcessHandle process) {
    return field(process, "VmRSS:")
        .map(text -> Long.parseLong(text.replaceAll("\\D", "")) * 1024)
        .orElse(0L);
  }

  /// Whether the process can still do anything. A killed process whose parent has not asked for its
  /// exit code yet is a name in a table: its handle calls it alive, for seconds where the one who
  /// must ask is a slow init.
  static boolean runs(ProcessHandle process) {
    return process.isAlive() && !field(process, "State:").orElse("").startsWith("Z");
  }

  private static Optional<String> field(ProcessHandle process, String name) {
    var status = Path.of("/proc", Long.toString(process.pid()), "status");
    try {
      // Read at once: a process that ends meanwhile makes a half-read file fail.
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(name.length()).strip())
          .findFirst();
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
