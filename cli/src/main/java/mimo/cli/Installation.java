package mimo.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mimo.sandbox.WorkerSettings;
import org.jspecify.annotations.Nullable;

/// The program as it was built: its jars, and those of the script worker.
///
/// @param dist the folder the build made: `lib` for mimo, `script-engine` for the worker
/// @param java the runtime this process runs on; the worker runs on the same
/// @param scratch where workers get their empty folders
/// @param caches the folder of AOT caches; null if there is none
/// @param recording where a worker's AOT cache is to be recorded; null but when installing
record Installation(
    Path dist, Path java, Path scratch, @Nullable Path caches, @Nullable Path recording) {

  /// What the worker needs of mimo's own jars. No other room is on its class path.
  private static final List<String> SHARED = List.of("mimo-sandbox.jar", "jackson-core.jar");

  /// Where a system installs programs; PATH is not asked, a repository may stand in it.
  private static final List<Path> BUBBLEWRAP =
      List.of(Path.of("/usr/bin/bwrap"), Path.of("/usr/local/bin/bwrap"), Path.of("/bin/bwrap"));

  /// The installation this process was started from, as the launcher names it.
  static Installation ofThisProcess() {
    return new Installation(
        Path.of(System.getProperty("mimo.dist")),
        Path.of(System.getProperty("java.home")),
        Path.of(System.getProperty("java.io.tmpdir")),
        named("mimo.aot"),
        named("mimo.aot.record"));
  }

  private static @Nullable Path named(String property) {
    var path = System.getProperty(property, "");
    return path.isEmpty() ? null : Path.of(path);
  }

  /// How the worker for one run is started.
  WorkerSettings worker() {
    var plain =
        WorkerSettings.of(java.resolve("bin/java"), workerClassPath(), bubblewrap(), scratch);
    if (recording != null) {
      return plain.recording(recording);
    }
    var cache = caches == null ? null : caches.resolve("worker.aot");
    return cache != null && Files.isRegularFile(cache) ? plain.withCache(cache) : plain;
  }

  private List<Path> workerClassPath() {
    var jars = new ArrayList<Path>();
    SHARED.forEach(jar -> jars.add(dist.resolve("lib").resolve(jar)));
    try (Stream<Path> engine = Files.list(dist.resolve("script-engine"))) {
      engine.sorted().forEach(jars::add);
    } catch (IOException incomplete) {
      throw new UncheckedIOException("the installation in " + dist + " is incomplete", incomplete);
    }
    return jars;
  }

  private static @Nullable Path bubblewrap() {
    return BUBBLEWRAP.stream().filter(Files::isExecutable).findFirst().orElse(null);
  }
}
