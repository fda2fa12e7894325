package mimo.agent.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import mimo.agent.command.CommandOrder.Network;
import org.jspecify.annotations.Nullable;

/// Walls of the Linux kernel, raised by bubblewrap (A59): namespaces of its own, the workspace
/// writable, the system read-only, the home hidden. Thread-safe; one for each session, whose
/// commands share a private `/tmp`.
public final class Bubblewrap implements Confinement, AutoCloseable {

  private static final Duration TRIAL = Duration.ofSeconds(10);
  private static final int WORDS = 400;
  private static final Path UNSHARE = Path.of("/usr/bin/unshare");

  /// Opens the report, which bubblewrap is handed as its third stream, and becomes bubblewrap.
  private static final String PLAIN =
      """
      exec 3>"$1"; shift
      exec "$@"
      """;

  /// The same, after a layer in memory was laid over each cache: its own mounts, for it alone.
  private static final String LAYERED =
      """
      set -e
      exec 3>"$1"; over=$2; shift 2
      system=/usr/bin:/bin:/usr/sbin:/sbin
      PATH=$system mount -t tmpfs -o mode=0700 tmpfs "$over"
      n=0
      while [ "$1" != -- ]; do
        n=$((n + 1))
        PATH=$system mkdir "$over/$n" "$over/$n/upper" "$over/$n/work"
        o="lowerdir=$1,upperdir=$over/$n/upper,workdir=$over/$n/work,userxattr"
        PATH=$system mount -t overlay -o "$o" overlay "$1"
        shift
      done
      shift
      exec "$@"
      """;

  private final Path program;
  private final SandboxLayout layout;
  private final MountPoints points;
  private final Path scratch;
  private final HiddenFiles hidden;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicLong reports = new AtomicLong();
  private boolean made;
  private @Nullable Ground ground;

  /// What is found out once for all commands.
  ///
  /// @param secrets of the system's settings
  /// @param layers whether caches can be written to, each in a layer of its own
  private record Ground(List<Path> secrets, ToolchainCaches caches, boolean layers) {}

  /// @param program `bwrap`
  /// @param points those of this process
  /// @param scratch a folder for this session alone; made here, and removed by [#close]
  public Bubblewrap(Path program, SandboxLayout layout, MountPoints points, Path scratch) {
    this(program, layout, points, scratch, List::of);
  }

  private Bubblewrap(
      Path program, SandboxLayout layout, MountPoints points, Path scratch, HiddenFiles hidden) {
    this.hidden = hidden;
    this.program = program;
    this.layout = layout;
    this.points = points;
    this.scratch = scratch;
  }

  /// The same walls for another session.
  ///
  /// @param own a folder for that session alone
  public Bubblewrap forSession(Path own) {
    var other = new Bubblewrap(program, layout, points, own, hidden);
    lock.lock();
    try {
      other.ground = ground;
    } finally {
      lock.unlock();
    }
    return other;
  }

  /// The same walls, which hide also these; for use in place of this one.
  public Bubblewrap hiding(HiddenFiles files) {
    return new Bubblewrap(program, layout, points, scratch, files);
  }

  @Override
  public String name() {
    return "bubblewrap";
  }

  /// Why it does not work here, found out by trying; empty if it works.
  public String fault() throws InterruptedException {
    if (!layout.fault().isEmpty()) {
      return layout.fault();
    }
    var nothing =
        new CommandOrder(
            List.of("/bin/sh", "-c", ":"),
            layout.workspace(),
            Network.NONE,
            CommandOrder.Access.READ_ONLY);
    try (var prepared = prepare(nothing)) {
      return trial(prepared.argv());
    } catch (IOException refused) {
      return "the sandbox cannot be prepared: " + refused.getMessage();
    }
  }

  @Override
  public Prepared prepare(CommandOrder order) throws IOException {
    if (!layout.fault().isEmpty()) {
      throw new IOException(layout.fault());
    }
    var known = ground();
    var held = new ArrayList<MountPoints.Held>();
    try {
      // Held before one looks what is missing: what another makes there would seem to be there.
      held.add(points.hold(layout.workspace()));
      var guard = guard(held);
      if (order.workspace() == CommandOrder.Access.WRITABLE) {
        held.getFirst().make(guard.absentInWorkspace());
        held.getLast().make(guard.absentInRepository());
      }
      var report = scratch.resolve("report-" + reports.incrementAndGet());
      var argv = argv(order, known, guard, report);
      var links = KeptLinks.of(guard.links());
      held.getFirst().keep(links);
      return new SandboxedCommand(argv, report, links, held);
    } catch (IOException | RuntimeException refused) {
      held.forEach(MountPoints.Held::close);
      throw refused;
    }
  }

  /// Of the mount points in a repository each workspace that shares it is a user.
  private Guard guard(List<MountPoints.Held> held) throws IOException {
    var repository = Guard.repository(layout.workspace());
    if (Files.isDirectory(repository)) {
      held.add(points.hold(repository));
    }
    return Guard.of(layout.workspace(), layout.guarded(), repository);
  }

  private List<String> argv(CommandOrder order, Ground known, Guard guard, Path report)
      throws IOException {
    var network = layout.network() == Network.OPEN ? Network.OPEN : order.network();
    var inner = new SandboxArguments(layout, scratch.resolve("empty"));
    inner.add(program.toString());
    inner.unshare(network);
    if (known.layers()) {
      // The layers are mounted as the superuser of a namespace; the command is the user again.
      inner.add("--uid", owner("unix:uid"), "--gid", owner("unix:gid"));
    }
    inner.add("--json-status-fd", "3");
    inner.system(network, known.secrets(), scratch.resolve("tmp"));
    inner.masks(known.caches(), known.layers());
    inner.workspace(order.workspace());
    if (order.workspace() == CommandOrder.Access.WRITABLE) {
      inner.guarded(guard.names(), guard.worktrees());
      inner.guarded(guard.shared(), guard.worktrees());
    }
    hidden.now().forEach(inner::hide);
    inner.start(order.workdir(), order.argv());
    var argv = new ArrayList<>(known.layers() ? layering(known.caches(), report) : plain(report));
    argv.addAll(inner.list());
    return argv;
  }

  private static List<String> plain(Path report) {
    return List.of("/bin/sh", "-c", PLAIN, "sandbox", report.toString());
  }

  private List<String> layering(ToolchainCaches caches, Path report) {
    var argv = new ArrayList<String>();
    argv.addAll(List.of(UNSHARE.toString(), "--user", "--map-root-user", "--mount"));
    argv.addAll(List.of("--propagation", "private", "/bin/sh", "-c", LAYERED, "sandbox"));
    argv.addAll(List.of(report.toString(), scratch.resolve("over").toString()));
    caches.found().stream()
        .filter(ToolchainCaches.Cache::layered)
        .forEach(cache -> argv.add(cache.folder().toString()));
    argv.add("--");
    return argv;
  }

  private String owner(String attribute) throws IOException {
    return Files.getAttribute(scratch, attribute).toString();
  }

  private Ground ground() throws IOException {
    lock.lock();
    try {
      if (!made) {
        try {
          makeScratch();
        } catch (IOException notMade) {
          throw new IOException(
              "the folder for its own /tmp cannot be made in "
                  + scratch.getParent()
                  + ": "
                  + notMade.getMessage(),
              notMade);
        }
        made = true;
      }
      var known = ground;
      if (known == null) {
        var caches = new ToolchainCaches(layout.home(), layout.workspace());
        known = new Ground(SystemFolders.secrets(), caches, canLayer(caches));
        ground = known;
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  private void makeScratch() throws IOException {
    var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    for (var name : List.of("tmp", "over")) {
      Files.createDirectories(scratch.resolve(name), owner);
    }
    Files.write(scratch.resolve("empty"), new byte[0]);
  }

  /// Where layers cannot be had, caches are seen but not written to.
  private boolean canLayer(ToolchainCaches caches) throws IOException {
    if (caches.found().stream().noneMatch(ToolchainCaches.Cache::layered)
        || !Files.isExecutable(UNSHARE)
        || !ToolchainCaches.canBeLayered(scratch)) {
      return false;
    }
    var argv = new ArrayList<>(layering(caches, scratch.resolve("report-0")));
    argv.addAll(List.of("/bin/sh", "-c", ":"));
    try {
      return trial(argv).isEmpty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the sandbox was prepared", e);
    }
  }

  /// Runs something harmless; answers with what went wrong, or with nothing.
  private String trial(List<String> argv) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(argv).redirectErrorStream(true);
    builder.environment().clear();
    var process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(TRIAL.toNanos(), TimeUnit.NANOSECONDS)) {
      process.destroyForcibly();
      return "it did not answer within " + TRIAL.toSeconds() + " s";
    }
    if (process.exitValue() == 0) {
      return "";
    }
    byte[] words = process.getInputStream().readNBytes(WORDS);
    var said = new String(words, StandardCharsets.UTF_8).strip();
    return said.isEmpty() ? "it ended with exit code " + process.exitValue() : said;
  }

  /// Removes what the session's commands left in their `/tmp`. All of them must have ended; another
  /// one would find it made anew.
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      made = false;
      ScratchFolders.remove(scratch);
    } finally {
      lock.unlock();
    }
  }
}
