package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import mimo.cli.testing.BuiltMimo;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a start of the built program loads and says (S4, A80, A81): the table "Start-up" of
/// docs/internals/performance.md.
final class StartupIT {

  private static final String SCRIPT =
      """
      export const meta = { name: 'one', description: 'asks once' };
      return await agent('hello');
      """;

  private static final long PATIENCE_SECONDS = 300;

  /// The installation these tests are about: its own home, so that nobody's caches are touched.
  private static @TempDir Path account;

  private @TempDir Path folder;

  private record Ended(int exit, String out, String err) {}

  @BeforeAll
  static void install() throws Exception {
    var ended = start(account, account, Map.of(), "install");

    assertEquals(0, ended.exit(), ended.err());
  }

  @BeforeEach
  void writeScript() throws IOException {
    Files.writeString(folder.resolve("one.js"), SCRIPT);
  }

  @Test
  void versionLoadsAHandfulOfClassesAndNoLibrary() throws Exception {
    var loaded = loaded(without("--version"));

    assertTrue(!loaded.isEmpty() && loaded.size() < 30, loaded.toString());
    assertEquals(List.of(), those(loaded, name -> !name.startsWith("mimo.cli.")));
  }

  @Test
  void aRunLoadsNoScriptEngineAndWithoutAModelOnANetworkNoHttpClient() throws Exception {
    var loaded = loaded(without("compose", "one.js", "--model", "offline"));

    assertFalse(those(loaded, name -> name.startsWith("picocli.")).isEmpty(), "saw the libraries");
    assertEquals(
        List.of(),
        those(
            loaded,
            name ->
                name.startsWith("org.graalvm.")
                    || name.startsWith("com.oracle.")
                    || name.startsWith("mimo.sandbox.graal.")
                    || name.startsWith("okhttp3.")
                    || name.startsWith("com.networknt.")
                    || name.startsWith("picocli.AutoComplete")
                    || name.startsWith("mimo.cli.install.")));
  }

  @Test
  void aTurnLoadsNoScriptEngineNoWorkerAndNoValidatorA80() throws Exception {
    var loaded = loaded(without("run", "hello", "--model", "offline"));

    assertFalse(those(loaded, name -> name.startsWith("picocli.")).isEmpty(), "saw the libraries");
    assertEquals(
        List.of(),
        those(
            loaded,
            name ->
                name.startsWith("org.graalvm.")
                    || name.startsWith("com.oracle.")
                    || name.startsWith("mimo.sandbox.SandboxProcess")
                    || name.startsWith("okhttp3.")
                    || name.startsWith("com.networknt.")
                    || name.startsWith("org.jline.")
                    || name.startsWith("picocli.AutoComplete")
                    || name.startsWith("mimo.cli.install.")));
  }

  @Test
  void startsSayNothingStrangeOnStandardError() throws Exception {
    for (var words : List.of(List.of("--version"), List.of("--help"), List.of("runs", "list"))) {
      for (var home : List.of(account, folder)) {
        var ended = start(home, folder, Map.of(), words.toArray(String[]::new));

        var strange = ended.err().replace("no runs yet; start one with mimo compose\n", "");
        assertEquals("", strange, words + " with its home in " + home);
        assertEquals(0, ended.exit(), words.toString());
      }
    }
  }

  @Test
  void aRunSaysNothingOnStandardErrorButHowItEnded() throws Exception {
    for (var home : List.of(account, folder)) {
      var ended =
          start(home, folder, Map.of(), "compose", "one.js", "--model", "offline", "--quiet");

      assertEquals(0, ended.exit(), ended.err());
      assertTrue(ended.err().matches("run \\w+ completed: .*\\n"), ended.err());
    }
  }

  @Test
  void withItsCacheARunLoadsNothingFromJars() throws Exception {
    var log = folder.resolve("classes.log");

    var ended = start(account, folder, logging(log), "compose", "one.js", "--model", "offline");

    assertEquals(0, ended.exit(), ended.err());
    var lines = Files.readAllLines(log);
    assertTrue(
        lines.stream().filter(line -> line.contains("shared objects file")).count() > 2_000,
        "the cache is used");
    assertEquals(List.of(), fromJars(lines));
  }

  @Test
  void theWorkerMapsItsCacheIntoMemory() throws Exception {
    Files.writeString(
        folder.resolve("busy.js"),
        "export const meta = { name: 'busy', description: 'never ends' };\nfor (;;);\n");
    var busy = builder(account, folder, Map.of(), "compose", "busy.js", "--model", "offline");
    var process = busy.start();
    try {
      boolean mapped = false;
      // It is killed for its use of CPU in the end; until then it can be looked at.
      while (!mapped && process.isAlive()) {
        mapped = process.descendants().anyMatch(StartupIT::mapsItsCache);
        LockSupport.parkNanos(1_000_000);
      }

      assertTrue(mapped, "the worker ran without its cache");
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static boolean mapsItsCache(ProcessHandle process) {
    try {
      var maps = Path.of("/proc", Long.toString(process.pid()), "maps");
      return Files.readString(maps, StandardCharsets.ISO_8859_1).contains("/worker.aot");
    } catch (IOException e) {
      // It has just ended.
      return false;
    }
  }

  @Test
  void aRunEndsWellWithAWorkerCacheThatIsDamaged() throws Exception {
    var caches = caches();
    var before = Files.readAllBytes(caches.resolve("worker.aot"));
    try {
      Files.write(caches.resolve("worker.aot"), new byte[0]);

      var damaged = start(account, folder, Map.of(), "compose", "one.js", "--model", "offline");

      assertEquals(0, damaged.exit(), damaged.err());
    } finally {
      Files.write(caches.resolve("worker.aot"), before);
    }
  }

  @Test
  void startsWithoutACacheThatIsDamaged() throws Exception {
    var cache = caches().resolve("version.aot");
    var whole = Files.readAllBytes(cache);
    try {
      Files.write(cache, new byte[100], StandardOpenOption.TRUNCATE_EXISTING);

      var ended = start(account, folder, Map.of(), "--version");

      assertTrue(ended.out().startsWith("mimo "), ended.out());
      assertEquals(1, ended.out().lines().count());
      assertEquals("", ended.err());
    } finally {
      Files.write(cache, whole);
    }
  }

  @Test
  void noStartUnpacksTheNativeLibrary() throws Exception {
    var scratch = Files.createDirectory(folder.resolve("scratch"));

    var ended =
        start(
            account,
            folder,
            Map.of("_JAVA_OPTIONS", "-Djava.io.tmpdir=" + scratch),
            "runs",
            "list");

    assertEquals(0, ended.exit(), ended.err());
    try (var files = Files.list(scratch)) {
      assertEquals(List.of(), files.toList());
    }
    var dist = BuiltMimo.launcher().resolveSibling("cli/target/dist");
    try (var libraries = Files.list(dist.resolve("native"))) {
      assertEquals(1, libraries.count());
    }
  }

  private Path caches() throws IOException {
    try (var all = Files.list(account.resolve("cache/aot"))) {
      return all.findFirst().orElseThrow();
    }
  }

  /// The classes from jars that a start without caches loads.
  private List<String> loaded(Path log) throws IOException {
    return fromJars(Files.readAllLines(log));
  }

  private Path without(String... words) throws Exception {
    var log = folder.resolve("classes.log");
    var ended = start(folder, folder, logging(log), words);
    assertEquals(0, ended.exit(), ended.err());
    return log;
  }

  /// The launcher turns the JVM's logs off; this variable is read after its flags.
  private static Map<String, String> logging(Path log) {
    return Map.of("_JAVA_OPTIONS", "-Xlog:class+load:file=" + log + ":none");
  }

  private static List<String> fromJars(List<String> log) {
    return log.stream()
        .filter(line -> line.contains(" source: file:"))
        .map(line -> line.substring(0, line.indexOf(' ')))
        .toList();
  }

  private static List<String> those(List<String> names, Predicate<String> which) {
    return names.stream().filter(which).toList();
  }

  private static Ended start(Path home, Path folder, Map<String, String> more, String... words)
      throws IOException, InterruptedException {
    var out = Files.createTempFile(folder, "out", ".txt");
    var err = Files.createTempFile(folder, "err", ".txt");
    var process =
        builder(home, folder, more, words)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("no end: " + Files.readString(err));
    }
    return new Ended(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private static ProcessBuilder builder(
      Path home, Path folder, Map<String, String> more, String... words) {
    var command = new ArrayList<String>();
    command.add(BuiltMimo.launcher().toString());
    command.addAll(List.of(words));
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("HOME", home.toString());
    builder.environment().put("MIMOCODE_HOME", home.toString());
    builder.environment().putAll(more);
    return builder;
  }
}
