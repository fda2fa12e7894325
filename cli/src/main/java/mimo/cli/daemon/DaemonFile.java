package mimo.cli.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import mimo.cli.command.Background.Daemon;
import mimo.cli.error.CommandException;

/// The file that says which process is the daemon: its number, when it started, where it writes;
/// each on a line.
final class DaemonFile {

  /// How far two answers of the system may differ to when a process started.
  private static final Duration DOUBT = Duration.ofSeconds(2);

  private final Path file;

  DaemonFile(Path file) {
    this.file = file;
  }

  /// The daemon, if its process lives. A number is given again once its process has ended, so that
  /// the time counts too.
  Optional<Daemon> read() {
    return told().filter(daemon -> process(daemon).isPresent());
  }

  /// The process of a daemon, if it lives.
  static Optional<ProcessHandle> process(Daemon daemon) {
    return ProcessHandle.of(daemon.pid())
        .filter(ProcessHandle::isAlive)
        .filter(process ->
            process
                .info()
                .startInstant()
                .filter(since -> Duration.between(since, daemon.since()).abs().compareTo(DOUBT) < 0)
                .isPresent());
  }

  private Optional<Daemon> told() {
    try {
      var lines = Files.readAllLines(file);
      return lines.size() < 3
          ? Optional.empty()
          : Optional.of(
              new Daemon(
                  Long.parseLong(lines.get(0)),
                  Instant.parse(lines.get(1)),
                  Path.of(lines.get(2))));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (NumberFormatException | DateTimeParseException damaged) {
      // As good as none: the next daemon replaces it.
      return Optional.empty();
    } catch (IOException unreadable) {
      throw new CommandException("daemon_failed", "cannot read " + file + ": " + unreadable);
    }
  }

  /// Says that this process is the daemon.
  void write(Path log) {
    var self = ProcessHandle.current();
    var since = self.info().startInstant().orElseGet(Instant::now);
    var fresh = file.resolveSibling(file.getFileName() + "." + self.pid());
    try {
      Files.write(fresh, List.of(self.pid() + "", since + "", log + ""));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException unwritable) {
      throw new CommandException("daemon_failed", "cannot write " + file + ": " + unwritable);
    }
  }

  /// Takes it back. What cannot be removed means nothing once this process has ended.
  void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException stays) {
      return;
    }
  }
}
