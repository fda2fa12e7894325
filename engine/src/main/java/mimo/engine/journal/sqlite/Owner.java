package mimo.engine.journal.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A process, named so that people can find it and nobody takes a later one for it.
///
/// @param startedAt when it started, as the system tells; empty if it does not
/// @param bootId changes when the machine starts anew; empty if unknown
record Owner(long pid, String startedAt, String bootId, String host) {

  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path HOST = Path.of("/proc/sys/kernel/hostname");

  static Owner thisProcess() {
    var process = ProcessHandle.current();
    var started = process.info().startInstant().map(Object::toString).orElse("");
    return new Owner(process.pid(), started, line(BOOT_ID, ""), line(HOST, "this host"));
  }

  private static String line(Path file, String otherwise) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      // Not every system tells; the lock alone decides there.
      return otherwise;
    }
  }
}
