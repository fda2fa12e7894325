package mimo.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import mimo.sandbox.testing.ScriptDriver;
import mimo.sandbox.testing.Workers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Attacks as data: each file under `hostile/` says in its first line how it must end, and runs in
/// a worker of its own. Whatever way it ends, no canary may have been touched.
class HostileScriptsTest {

  private static final Path FOLDER = Path.of("src/test/resources/hostile");

  private static final Set<String> CATEGORIES =
      Set.of(
          "host-access",
          "code-generation",
          "prototype-tricks",
          "nondeterminism",
          "syntax-breakout",
          "resource-exhaustion",
          "api-misuse",
          "log-flood",
          "parse",
          "module",
          "cross-run",
          "side-channel");

  private static final SandboxLimits LIMITS =
      SandboxLimits.defaults()
          .withTimes(t -> t.withEntry(Duration.ofSeconds(2), Duration.ofSeconds(30)))
          .withTimes(t -> t.withTotal(Duration.ofSeconds(20)))
          .withPipe(p -> p.withTotal(64L << 20))
          .withMemory(m -> m.withHeap(64L << 20));

  @TempDir Path scratch;
  private ServerSocket listener;

  @BeforeEach
  void openListener() throws IOException {
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    listener.setSoTimeout(1);
  }

  @AfterEach
  void closeListener() throws IOException {
    listener.close();
  }

  static Stream<String> scripts() throws IOException {
    try (var files = Files.walk(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".js"))
          .map(file -> FOLDER.relativize(file).toString())
          .sorted()
          .toList()
          .stream();
    }
  }

  @Test
  void everyCategoryHasItsScripts() throws IOException {
    var found = new TreeSet<String>();
    scripts().forEach(script -> found.add(script.substring(0, script.indexOf('/'))));

    assertEquals(new TreeSet<>(CATEGORIES), found);
    assertTrue(scripts().count() >= 40);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scripts")
  void isContained(String script) throws Exception { // S25
    String text = Files.readString(FOLDER.resolve(script));
    String expected = text.lines().findFirst().orElseThrow().replaceFirst("// expect: ", "");

    var seen = new ArrayList<String>();
    String end = run(new ScriptSource(Path.of(script).getFileName().toString(), text), seen, "{}");

    assertTrue(matches(expected, end), "expected " + expected + ", but it " + end);
    assertEquals(List.of(), touchedCanaries(seen));
  }

  /// `finished` wants the exact value; `ends`, `failed` and `rejected` list the codes that contain.
  private static boolean matches(String expected, String end) {
    if (expected.startsWith("finished ") || expected.equals("stands still")) {
      return expected.equals(end);
    }
    var words = List.of(end.split(" ", 3));
    String kind = "";
    for (String word : List.of(expected.split(" ", -1))) {
      if (Set.of("ends", "failed", "rejected").contains(word)) {
        kind = word;
      } else if (kind.equals(words.get(0)) && word.equals(words.get(1))) {
        return true;
      }
    }
    return false;
  }

  /// How the script ended, in the words of the headers.
  private String run(ScriptSource source, List<String> seen, String settings)
      throws InterruptedException {
    try (var sandbox = SandboxProcess.spawn(Workers.plain(scratch).withLimits(LIMITS))) {
      var compilation = sandbox.compile(source);
      seen.add(compilation.toString());
      if (compilation instanceof Compilation.Rejected(var faults)) {
        return "rejected " + faults.getFirst().code();
      }
      var guest = sandbox.start(new ScriptDriver(sandbox).settings(settings).launch());
      return drive(guest, seen);
    } catch (SandboxException e) {
      seen.add(e.code() + " " + e.getMessage());
      return "ends " + e.code() + " " + e.getMessage();
    }
  }

  private static String drive(Guest guest, List<String> seen) throws InterruptedException {
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

  private List<String> touchedCanaries(List<String> seen) throws IOException {
    var touched = new ArrayList<String>();
    for (String secret : secrets()) {
      seen.stream().filter(text -> text.contains(secret)).forEach(touched::add);
    }
    try (var connection = listener.accept()) {
      touched.add("a connection from " + connection.getRemoteSocketAddress());
    } catch (SocketTimeoutException e) {
      // Nobody called.
    }
    try (var files = Files.walk(scratch)) {
      files.filter(file -> !file.equals(scratch)).map(Path::toString).forEach(touched::add);
    }
    return touched;
  }

  /// What no text from a guest may hold: paths, names of this machine, names of classes.
  private List<String> secrets() {
    return List.of(
        scratch.toString(),
        System.getProperty("user.dir"),
        System.getProperty("java.home"),
        System.getProperty("user.home") + "/",
        "java.lang.",
        "org.graalvm",
        "com.oracle",
        "mimo.sandbox.",
        "wf-kernel",
        "wf-library");
  }

  @Test
  void theCanariesNoticeALeak() throws Exception { // S87
    var seen = new ArrayList<String>();

    run(
        ScriptDriver.script("\nlog(settings.path); return 1;"),
        seen,
        "{\"path\":\"" + scratch + "\"}");

    assertFalse(touchedCanaries(seen).isEmpty());
  }

  @Test
  void theCanariesNoticeAFileAndACaller() throws Exception { // S87
    Files.writeString(scratch.resolve("planted"), "x");
    assertEquals(1, touchedCanaries(List.of()).size());

    try (var caller = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort())) {
      assertTrue(caller.isConnected());
      assertEquals(2, touchedCanaries(List.of()).size());
    }
  }

  @Test
  void theNextRunSucceedsAfterAnAttack() throws Exception { // S22, S25
    run(ScriptDriver.script("\nfor (;;);"), new ArrayList<>(), "{}");

    assertEquals("finished 1", run(ScriptDriver.script("\nreturn 1;"), new ArrayList<>(), "{}"));
  }
}
