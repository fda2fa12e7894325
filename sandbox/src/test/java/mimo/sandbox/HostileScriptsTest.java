package mimo.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mimo.sandbox.testing.Canaries;
import mimo.sandbox.testing.HostileCase;
import mimo.sandbox.testing.HostileTable;
import mimo.sandbox.testing.ScriptDriver;
import mimo.sandbox.testing.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Attacks as data: each file under `hostile/` says in its first line how it must end, and runs in
/// a worker of its own. Whatever way it ends, no canary may have been touched.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileScriptsTest {

  private static final Path FOLDER = Path.of("src/test/resources/hostile");

  /// How many attacks of each kind there must be here; the rest is told with the whole program.
  private static final Map<String, Integer> AT_LEAST =
      Map.ofEntries(
          Map.entry("host-access", 12),
          Map.entry("code-generation", 11),
          Map.entry("prototype-tricks", 12),
          Map.entry("nondeterminism", 10),
          Map.entry("syntax-breakout", 6),
          Map.entry("resource-exhaustion", 18),
          Map.entry("api-misuse", 6),
          Map.entry("log-flood", 3),
          Map.entry("parse", 5),
          Map.entry("module", 4),
          Map.entry("cross-run", 1),
          Map.entry("side-channel", 2));

  /// An attack that is stopped costs its limit; one that is refused must not meet it by the way.
  private static final Duration STOPPED_AFTER = Duration.ofMillis(1500);

  private static final Duration MARGIN = Duration.ofSeconds(1);
  private static final Pattern USED = Pattern.compile("ran (\\d+\\.\\d+) s of CPU");
  private static final Duration REFUSED_WITHIN = Duration.ofSeconds(10);
  private static final Duration WALL = Duration.ofSeconds(60);
  private static final long HEAP_GROWTH = 16L << 20;

  private static final String META = "export const meta = {name: 'n', description: 'd'};\n";
  private static final HostileCase HARMLESS =
      new HostileCase("none", "harmless.js", "finished 1", META + "return 1;\n");

  private final HostileTable table = new HostileTable();
  private final List<Long> overshoots = new ArrayList<>();
  private final List<HostileCase> order = cases();
  private final Map<HostileCase, Stage> stages = new HashMap<>();
  private Path temp = Path.of("");
  private int folders;

  /// Where an attack takes place: a worker that warms up while its predecessor is attacked.
  private record Stage(Path scratch, SandboxProcess sandbox) {}

  /// How an attack ended, and what came out on the way.
  private record Ending(String words, List<String> seen, long millis) {}

  static List<HostileCase> cases() {
    return HostileCase.all(FOLDER);
  }

  @BeforeAll
  void warmUp(@TempDir Path folder) throws IOException, InterruptedException {
    temp = folder;
    // What the first run loads into this process is no attack's doing.
    assertEquals("finished 1", harmless());
  }

  @AfterAll
  void tell() {
    stages.values().forEach(stage -> stage.sandbox().close());
    System.getLogger("HostileScriptsTest")
        .log(
            Level.INFO,
            "attacks on the sandbox\n{0}most CPU beyond the limit: {1} ms of {2} stops",
            table,
            overshoots.stream().mapToLong(Long::longValue).max().orElse(0),
            overshoots.size());
  }

  private Stage stage(HostileCase attack) throws IOException {
    var scratch = Files.createDirectory(temp.resolve("attack-" + folders++));
    var limits =
        SandboxLimits.defaults()
            .withTimes(times ->
                times
                    .withEntry(attack.exhausts() ? STOPPED_AFTER : REFUSED_WITHIN, WALL)
                    .withTotal(Duration.ofSeconds(30)))
            .withMemory(memory -> memory.withHeap(64L << 20))
            .withPipe(pipe -> pipe.withTotal(64L << 20));
    return new Stage(scratch, SandboxProcess.spawn(Workers.plain(scratch).withLimits(limits)));
  }

  private Stage readyStage(HostileCase attack) throws IOException {
    var ready = stages.remove(attack);
    int next = order.indexOf(attack) + 1;
    if (next < order.size()) {
      stages.put(order.get(next), stage(order.get(next)));
    }
    return ready == null ? stage(attack) : ready;
  }

  private String harmless() throws IOException, InterruptedException {
    return run(HARMLESS, stage(HARMLESS), "{}").words();
  }

  @Test
  void everyCategoryHasItsAttacks() { // S25
    var found =
        cases().stream()
            .collect(Collectors.groupingBy(HostileCase::category, Collectors.counting()));

    assertEquals(AT_LEAST.keySet(), found.keySet());
    AT_LEAST.forEach((category, least) ->
        assertTrue(found.getOrDefault(category, 0L) >= least, "too few of " + category));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void isContained(HostileCase attack) throws Exception { // S25, T1, T2
    var stage = readyStage(attack);
    try (var canaries = new Canaries(stage.scratch())) {
      long before = usedHeap();

      var ending = run(attack, stage, "{}");

      long growth = Math.max(0, usedHeap() - before);
      var touched = canaries.touched(ending.seen());
      table.add(attack.category(), new HostileTable.Row(touched.size(), growth, ending.millis()));
      assertTrue(
          attack.contains(ending.words()),
          "expected " + attack.expected() + ", but it " + ending.words());
      assertEquals(List.of(), touched);
      assertTrue(growth <= HEAP_GROWTH, growth + " bytes more on this heap");
      if (attack.exhausts()) {
        assertStoppedInTime(ending.words());
      }
    }
  }

  /// Counted in CPU, as the limit is: how long that takes depends on what else the machine does.
  private void assertStoppedInTime(String words) {
    var told = USED.matcher(words);
    if (told.find()) {
      var used = Duration.ofMillis(Math.round(Double.parseDouble(told.group(1)) * 1000));
      overshoots.add(used.minus(STOPPED_AFTER).toMillis());
      assertTrue(used.minus(STOPPED_AFTER).compareTo(MARGIN) <= 0, words);
    }
  }

  @Test
  void theNextRunSucceedsAfterAnAttack() throws Exception { // S22, S25
    var endless = new HostileCase("none", "a.js", "ends script_cpu", META + "for (;;);\n");
    assertTrue(endless.contains(run(endless, stage(endless), "{}").words()));

    assertEquals("finished 1", harmless());
  }

  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static Ending run(HostileCase attack, Stage stage, String settings)
      throws InterruptedException {
    var seen = new ArrayList<String>();
    long start = System.nanoTime();
    String words;
    try (var sandbox = stage.sandbox()) {
      words = end(sandbox, new ScriptSource(attack.name(), attack.text()), seen, settings);
    } catch (SandboxException e) {
      words = "ends " + e.code() + " " + e.getMessage();
      seen.add(words);
    }
    return new Ending(words, seen, (System.nanoTime() - start) / 1_000_000);
  }

  /// How the script ended, in the words of the headers.
  private static String end(
      SandboxProcess sandbox, ScriptSource source, List<String> seen, String settings)
      throws InterruptedException {
    var compilation = sandbox.compile(source);
    seen.add(compilation.toString());
    if (compilation instanceof Compilation.Rejected(var faults)) {
      return "rejected " + faults.getFirst().code();
    }
    var guest = sandbox.start(new ScriptDriver(sandbox).settings(settings).launch());
    while (true) {
      var event = guest.next();
      if (seen.size() < 100) {
        seen.add(event.toString());
      }
      switch (event) {
        case GuestEvent.Finished(var value) -> {
          return "finished " + value;
        }
        case GuestEvent.Failed(var fault) -> {
          return "failed " + fault.code() + " " + fault.message();
        }
        case GuestEvent.Idle _ -> {
          return "stands still";
        }
        case GuestEvent.Called _, GuestEvent.Noted _ -> {}
      }
    }
  }

  @Test
  void theCanariesNoticeALeak() throws Exception { // S87
    var leak = new HostileCase("none", "leak.js", "", META + "log(settings); return 1;\n");
    for (String secret : List.of("the folder", System.getenv("PATH"), "java.lang.Thread")) {
      var stage = stage(leak);
      var path = secret.equals("the folder") ? stage.scratch().toString() : secret;
      try (var canaries = new Canaries(stage.scratch())) {
        var ending = run(leak, stage, "{\"leak\":\"" + path + "\"}");

        assertFalse(canaries.touched(ending.seen()).isEmpty(), secret);
      }
    }
  }

  @Test
  void theCanariesNoticeAFileAndACaller() throws Exception { // S87
    var folder = Files.createDirectory(temp.resolve("canaries"));
    try (var canaries = new Canaries(folder)) {
      assertEquals(List.of(), canaries.touched(List.of()));

      Files.writeString(folder.resolve("planted"), "x");
      assertEquals(1, canaries.touched(List.of()).size());

      canaries.call();
      assertEquals(2, canaries.touched(List.of()).size());
    }
  }
}
