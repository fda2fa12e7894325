package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mimo.cli.error.CommandException;
import mimo.cli.terminal.Audience;
import mimo.cli.testing.EchoModel;
import mimo.cli.testing.WholeStack;
import mimo.compose.ComposeLimits;
import mimo.engine.RunEvent;
import mimo.engine.RunResult;
import mimo.sandbox.SandboxLimits;
import mimo.sandbox.testing.Canaries;
import mimo.sandbox.testing.HostileCase;
import mimo.sandbox.testing.HostileTable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Attacks that need the whole program: each file under `hostile/` is a run of its own, with a real
/// worker, a store and a workspace, and says in its first lines how it must end (`expect`), how
/// often a model may be asked (`asks`), and what it may spend (`budget`).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileRunsTest {

  private static final Path FOLDER =
      Path.of(System.getProperty("basedir", "."), "src/test/resources/hostile");

  private static final Map<String, Integer> AT_LEAST =
      Map.of("api-misuse", 14, "file-hook", 6, "log-flood", 3, "cost", 3, "cross-run", 2);

  private static final Pattern ASKS = Pattern.compile("(?m)^// asks: (<=)?(\\d+)$");
  private static final Pattern BUDGET = Pattern.compile("(?m)^// budget: (\\d+)$");
  private static final String SECRET = "the-secret-outside-the-workspace";
  private static final long HEAP_GROWTH = 16L << 20;

  private final HostileTable table = new HostileTable();
  private final EchoModel model = new EchoModel(1);
  private final List<Path> links = new ArrayList<>();
  private Path home = Path.of("");
  private WholeStack stack;
  private int runs;

  static List<HostileCase> cases() {
    return HostileCase.all(FOLDER);
  }

  @BeforeAll
  void furnish(@TempDir Path folder) throws Exception {
    home = folder;
    var patient =
        SandboxLimits.defaults()
            .withTimes(times -> times.withEntry(Duration.ofSeconds(20), Duration.ofSeconds(60)));
    stack = new WholeStack(home, model, patient);
    var workspace = stack.folder();
    var outside = Files.createDirectories(home.resolve("outside"));
    Files.writeString(outside.resolve("secret.txt"), SECRET);
    Files.writeString(workspace.resolve("inside.txt"), "inside");
    Files.createDirectories(workspace.resolve("folder"));
    try (var large = new RandomAccessFile(workspace.resolve("large").toFile(), "rw")) {
      large.setLength(4L * 1024 * 1024 + 1);
    }
    link("link-to-secret", outside.resolve("secret.txt"));
    link("link-to-folder", outside);
    link("link-to-link", workspace.resolve("link-to-secret"));
    link("loop", workspace.resolve("loop"));
    link("dangling", outside.resolve("missing"));
    link("link-to-device", Path.of("/dev/zero"));
    var made = new ProcessBuilder("mkfifo", workspace.resolve("pipe").toString()).start();
    assertEquals(0, made.waitFor(), "a pipe");
  }

  private void link(String name, Path target) throws IOException {
    links.add(Files.createSymbolicLink(stack.folder().resolve(name), target));
  }

  @AfterAll
  void tell() throws IOException {
    stack.close();
    for (var link : links) {
      Files.delete(link);
    }
    System.getLogger("HostileRunsTest").log(Level.INFO, "attacks on whole runs\n{0}", table);
  }

  @Test
  void everyCategoryHasItsAttacks() { // S25
    var found =
        cases().stream()
            .collect(Collectors.groupingBy(HostileCase::category, Collectors.counting()));

    AT_LEAST.forEach((category, least) ->
        assertTrue(found.getOrDefault(category, 0L) >= least, "too few of " + category));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void isContained(HostileCase attack) throws Exception { // S25, T1
    model.forget();
    var seen = new ArrayList<String>();
    try (var canaries = new Canaries(Files.createDirectory(home.resolve("canaries-" + runs)))) {
      long before = usedHeap();
      long start = System.nanoTime();

      var words = run(attack, seen);

      long millis = (System.nanoTime() - start) / 1_000_000;
      long growth = Math.max(0, usedHeap() - before);
      assertTrue(seen.stream().noneMatch(text -> text.contains(SECRET)), "the secret came out");
      var touched = canaries.touched(seen);
      table.add(attack.category(), new HostileTable.Row(touched.size(), growth, millis));
      assertTrue(attack.contains(words), "expected " + attack.expected() + ", but it " + words);
      assertEquals(List.of(), touched);
      assertAsked(attack);
      assertTrue(growth <= HEAP_GROWTH, growth + " bytes more on this heap");
    }
  }

  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private void assertAsked(HostileCase attack) {
    var asks = ASKS.matcher(attack.text());
    assertTrue(asks.find(), "the case does not say how often a model may be asked");
    int most = Integer.parseInt(asks.group(2));
    if (asks.group(1) == null) {
      assertEquals(most, model.requests(), "requests to the model");
    } else {
      assertTrue(model.requests() <= most, model.requests() + " requests to the model");
    }
  }

  /// How the run ended, in the words of the first lines.
  private String run(HostileCase attack, List<String> seen) throws InterruptedException {
    var budget = BUDGET.matcher(attack.text());
    var launch =
        stack.launch(
            "attack-" + runs++ + ".js", attack.text(), budget.find() ? budget.group(1) : null);
    RunResult result;
    try (var running = stack.runs().start(launch, Audience.of(List.of()))) {
      result = running.await();
    } catch (CommandException refused) {
      seen.add(String.valueOf(refused.getMessage()));
      return "rejected " + refused.failure().code() + " " + refused.getMessage();
    }
    var events = stack.runs().events(result.id());
    assertQuiet(events);
    // The first event names the workspace, as it must.
    events.stream().skip(1).map(RunEvent::toString).forEach(seen::add);
    return switch (result) {
      case RunResult.Completed done -> "finished " + done.value();
      case RunResult.Failed failed -> "failed " + failed.code() + " " + failed.message();
      case RunResult.Parked parked -> "parked " + parked.code() + " " + parked.message();
      case RunResult.Paused paused -> "pauses " + paused.code() + " " + paused.message();
      case RunResult.Interrupted stopped -> "ends " + stopped.code() + " " + stopped.message();
    };
  }

  /// The log's limits hold whatever a script does (L106).
  private static void assertQuiet(List<RunEvent> events) {
    var lines =
        events.stream()
            .filter(RunEvent.LogWritten.class::isInstance)
            .map(event -> ((RunEvent.LogWritten) event).text())
            .toList();
    long phases = events.stream().filter(RunEvent.PhaseEntered.class::isInstance).count();
    assertTrue(lines.size() + phases <= ComposeLimits.LOG_LINES + 1, lines.size() + " lines");
    long bytes = 0;
    for (var line : lines) {
      int size = line.getBytes(StandardCharsets.UTF_8).length;
      assertTrue(size <= ComposeLimits.LOG_LINE_BYTES, "a line of " + size + " bytes");
      bytes += size;
    }
    assertTrue(bytes <= ComposeLimits.LOG_BYTES + 200, bytes + " bytes");
  }
}
