package mimo.cli.command;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// This program in processes of their own: runs that are taken up apart from whoever watches them,
/// and the daemon, which watches while nobody else does. What cannot be done is a
/// `CommandException` with the name `daemon_failed`.
public interface Background {

  /// Starts `mimo` with these words. What it prints goes where this process prints.
  ///
  /// @param folder where it works; where this process does if that folder is gone
  /// @param told hears each line it writes for people, on a thread of its own
  Apart start(Path folder, List<String> words, Consumer<String> told);

  /// The daemon that runs, if one does.
  Optional<Daemon> daemon();

  /// Starts a daemon that outlives this process and its terminal.
  ///
  /// @param idle how long it stays with nothing to wait for
  Daemon startDaemon(Duration idle) throws InterruptedException;

  /// Asks a daemon to end, and waits until it has.
  void stop(Daemon daemon) throws InterruptedException;

  /// Says to everybody that this process is the daemon, until that is closed.
  Announcement announce();

  /// Whether a run that parks is to start the daemon.
  boolean isOnDemand();

  /// A process that does one thing and ends.
  interface Apart {

    boolean isAlive();

    /// Asks it to stop, as a signal does.
    void stop();

    /// @return whether it ended within the time
    boolean endsWithin(Duration time) throws InterruptedException;
  }

  /// A daemon at work.
  ///
  /// @param since when it started
  /// @param log the file it writes to if it was started in the background
  record Daemon(long pid, Instant since, Path log) {}

  /// Undoes one [#announce].
  interface Announcement extends AutoCloseable {
    @Override
    void close();
  }
}
