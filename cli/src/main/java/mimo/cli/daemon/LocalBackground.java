package mimo.cli.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import mimo.cli.command.Background;
import mimo.cli.config.Folders;
import mimo.cli.error.CommandException;
import org.jspecify.annotations.Nullable;

/// Starts this mimo again through its launcher. Confined to the command's thread.
public final class LocalBackground implements Background {

  /// A longer log is put aside when the next daemon starts; the one before that is forgotten.
  private static final long LOG_BYTES = 1024 * 1024;

  /// How long a daemon may take to begin, or to end: those at work for it pause first.
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final long LOOK_MILLIS = 20;

  /// A daemon does not hear the interrupt of the terminal it was started at, nor its end.
  private static final List<String> DEAF =
      List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "mimo");

  private static final Path NOTHING = Path.of("/dev/null");

  private final Surroundings surroundings;
  private final Folders folders;
  private final BooleanSupplier onDemand;

  /// What the process was started with.
  ///
  /// @param launcher the program that starts mimo; null if it did not start this process
  /// @param configuration the file the user's environment names as configuration; empty if none
  public record Surroundings(@Nullable Path launcher, Path folder, String configuration) {}

  /// @param onDemand whether the user wants a daemon as soon as one is of use
  public LocalBackground(Surroundings surroundings, Folders folders, BooleanSupplier onDemand) {
    this.surroundings = surroundings;
    this.folders = folders;
    this.onDemand = onDemand;
  }

  @Override
  public boolean isOnDemand() {
    return onDemand.getAsBoolean();
  }

  @Override
  public Apart start(Path folder, List<String> words, Consumer<String> told) {
    var builder = builder(folder, List.of(), words).redirectOutput(Redirect.INHERIT);
    var process = started(builder);
    Thread.ofVirtual().name("lines of " + process.pid()).start(() -> pass(process, told));
    return new StartedProcess(process);
  }

  private static void pass(Process process, Consumer<String> told) {
    try (var lines = process.errorReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(told);
    } catch (IOException | UncheckedIOException closed) {
      // It was killed; what it said is lost.
      return;
    }
  }

  private ProcessBuilder builder(Path folder, List<String> before, List<String> words) {
    var launcher = surroundings.launcher();
    if (launcher == null) {
      throw failed("this mimo was started without its launcher, which starts other processes");
    }
    var command = new ArrayList<>(before);
    command.add(launcher.toString());
    command.addAll(words);
    var builder =
        new ProcessBuilder(command)
            .directory((Files.isDirectory(folder) ? folder : surroundings.folder()).toFile())
            .redirectInput(Redirect.from(NOTHING.toFile()));
    // A file that is named from here is another one from there.
    if (!surroundings.configuration().isEmpty()) {
      var named = surroundings.folder().resolve(surroundings.configuration());
      builder.environment().put("MIMOCODE_CONFIG", named.toString());
    }
    return builder;
  }

  private static Process started(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw failed("cannot start another mimo: " + e.getMessage());
    }
  }

  @Override
  public Optional<Daemon> daemon() {
    return file().read();
  }

  private DaemonFile file() {
    return new DaemonFile(folders.state().resolve("daemon"));
  }

  private Path log() {
    return folders.state().resolve("daemon.log");
  }

  @Override
  public Daemon startDaemon(Duration idle) throws InterruptedException {
    var state = folders.createState();
    makeRoom();
    var words = List.of("daemon", "run", "--idle", idle.toSeconds() + "s");
    var appended = Redirect.appendTo(log().toFile());
    var process =
        started(builder(state, DEAF, words).redirectOutput(appended).redirectError(appended));
    var end = System.nanoTime() + PATIENCE.toNanos();
    var daemon = daemon();
    while (daemon.isEmpty() && process.isAlive() && System.nanoTime() < end) {
      Thread.sleep(LOOK_MILLIS);
      daemon = daemon();
    }
    return daemon.orElseThrow(
        () -> failed("the daemon has not begun; see what it says in " + log()));
  }

  private void makeRoom() {
    try {
      if (Files.exists(log()) && Files.size(log()) > LOG_BYTES) {
        var aside = log().resolveSibling("daemon.log.1");
        Files.move(log(), aside, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw failed("cannot put the log " + log() + " aside: " + e.getMessage());
    }
  }

  @Override
  public void stop(Daemon daemon) throws InterruptedException {
    DaemonFile.process(daemon).ifPresent(ProcessHandle::destroy);
    var end = System.nanoTime() + PATIENCE.toNanos();
    while (DaemonFile.process(daemon).isPresent()) {
      if (System.nanoTime() > end) {
        throw failed(
            "the daemon (process %d) has not ended after %d s"
                .formatted(daemon.pid(), PATIENCE.toSeconds()));
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  @Override
  public Announcement announce() {
    folders.createState();
    var file = file();
    file.write(log());
    return file::remove;
  }

  private static CommandException failed(String message) {
    return new CommandException("daemon_failed", message);
  }

  /// A process that does one thing and ends.
  private record StartedProcess(Process process) implements Apart {

    @Override
    public boolean isAlive() {
      return process.isAlive();
    }

    /// Its lines are heard until it ends: to destroy a `Process` would close them.
    @Override
    public void stop() {
      var _ = process.toHandle().destroy();
    }

    @Override
    public boolean endsWithin(Duration time) throws InterruptedException {
      return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
    }
  }
}
