package mimo.agent.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mimo.agent.memory.Memory.Said;
import mimo.engine.testing.Proof;
import mimo.engine.testing.TestJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What several processes, kills and people make of one memory (M5 to M7).
final class MemoryWritersTest {

  private static final int PROCESSES = 8;
  private static final int EDITS = Proof.rounds(60, 500);
  private static final int KILLS = Proof.rounds(30, 200);
  private static final int HUMAN_EDITS = 200;

  /// Asked for by itself, the proof has its machine alone; a build shares it with other tests.
  private static final int LOCK_WAIT_MILLIS = Proof.rounds(10_000, 250);

  private static final String BY_HAND = "# By hand\n\n";

  @TempDir private Path folder;

  private Process start(String words, int count) throws IOException {
    return TestJvm.of(WriterProcess.class, folder.toString(), words, String.valueOf(count))
        .redirectErrorStream(true)
        .start();
  }

  @Test
  void eightProcessesAndAPersonLoseNothingM6M7() throws Exception {
    var memory = MemoryFolder.in(folder);
    var place = memory.layout().ofProject();
    Files.createDirectories(place.file().getParent());
    Files.writeString(place.file(), BY_HAND);
    var processes = new ArrayList<Process>();
    for (int i = 0; i < PROCESSES; i++) {
      processes.add(start("process " + i + " entry", EDITS));
    }
    while (processes.getFirst().isAlive() && Files.readString(place.file()).equals(BY_HAND)) {
      LockSupport.parkNanos(1_000_000);
    }

    var person = new Person(place.file(), new Random(11));
    for (int i = 0; i < HUMAN_EDITS / 5; i++) {
      person.saves(i, 20_000_000);
    }
    var lines = new ArrayList<String>();
    for (var process : processes) {
      assertTrue(process.waitFor(10, TimeUnit.MINUTES), "a writer hangs");
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.exitValue(), output);
      lines.add(output.lines().reduce((_, last) -> last).orElse(""));
    }
    append(memory, place, "last");

    var texts = memory.entries(place).stream().map(MemoryEntry::text).toList();
    var expected = new TreeSet<>(List.of("last"));
    IntStream.range(0, HUMAN_EDITS / 5).forEach(i -> expected.add("human " + i));
    for (int i = 0; i < PROCESSES; i++) {
      for (int edit = 0; edit < EDITS; edit++) {
        expected.add("process " + i + " entry " + edit);
      }
    }
    // What somebody saves over who has not seen it is gone by his own hand.
    expected.removeIf(text -> person.unseen.contains("- " + text) && !texts.contains(text));
    int lost = expected.size() - new TreeSet<>(texts).size();
    System.out.println(
        ("memory: %d processes x %d edits and %d by hand, which saved over %d unseen, %d lost, %d"
                + " invalid files; ms of a wait for the lock and of an edit (p50 p99 p50 p99): %s")
            .formatted(
                PROCESSES,
                EDITS,
                HUMAN_EDITS / 5,
                person.unseen.size(),
                lost,
                person.invalid,
                lines));
    assertEquals(expected, new TreeSet<>(texts));
    assertEquals(expected.size(), texts.size());
    assertEquals(0, person.invalid);
    assertEquals(List.of("MEMORY.md"), names(memory));
    int longest =
        lines.stream().mapToInt(line -> Integer.parseInt(line.split(" ", -1)[1])).max().orElse(0);
    assertTrue(longest <= LOCK_WAIT_MILLIS, "p99 of a wait for the lock: " + longest + " ms");
  }

  private static List<String> names(Memory memory) throws IOException {
    try (var files = Files.list(memory.layout().ofProject().file().getParent())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aKilledWriterLeavesTheOldOrTheNewText() throws Exception {
    var random = new Random(5);
    int whole = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      int acknowledged = killed(random, "kill " + kill + " entry");
      var memory = MemoryFolder.in(folder);
      var place = memory.layout().ofProject();
      var prefix = "kill " + kill + " entry ";
      var texts =
          memory.entries(place).stream()
              .map(MemoryEntry::text)
              .filter(text -> text.startsWith(prefix))
              .toList();
      assertEquals(
          IntStream.range(0, texts.size()).mapToObj(i -> prefix + i).toList(),
          texts,
          "kill " + kill);
      assertTrue(texts.size() >= acknowledged, "an entry that was told is gone: kill " + kill);
      whole += memory.raw(place).orElse("").isEmpty() ? 0 : 1;
    }
    System.out.println(
        "memory: " + KILLS + " kills, " + whole + " whole texts, none mixed or empty");
    assertEquals(KILLS, whole);
  }

  /// How many entries it said it had written.
  private int killed(Random random, String words) throws Exception {
    var process = start(words, 0);
    try (var output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      var first = output.readLine();
      LockSupport.parkNanos(random.nextInt(30_000_000));
      kill(process);
      int told = first == null ? 0 : 1;
      while (output.readLine() != null) {
        told++;
      }
      return told;
    }
  }

  /// What it said before stays readable, other than by [Process#destroyForcibly].
  private static void kill(Process process) throws Exception {
    new ProcessBuilder("kill", "-9", String.valueOf(process.pid())).start().waitFor();
    process.waitFor();
  }

  @Test
  void noWordOfAHumanIsLostInARace() throws Exception {
    var memory = MemoryFolder.in(folder);
    var place = memory.layout().ofProject();
    Files.createDirectories(place.file().getParent());
    Files.writeString(place.file(), BY_HAND);
    var over = new AtomicBoolean();
    var engine =
        Thread.ofPlatform()
            .start(() -> {
              for (int i = 0; !over.get(); i++) {
                append(memory, place, "engine " + i);
              }
            });

    var person = new Person(place.file(), new Random(3));
    for (int i = 0; i < HUMAN_EDITS; i++) {
      person.saves(i, 3_000_000);
    }
    over.set(true);
    engine.join();
    append(memory, place, "last");

    var text = memory.raw(place).orElseThrow();
    var lost =
        IntStream.range(0, HUMAN_EDITS)
            .filter(i -> !text.contains("- human " + i + "\n"))
            .boxed()
            .toList();
    System.out.println(
        "memory: " + HUMAN_EDITS + " edits by hand in a race, " + lost.size() + " lost");
    assertEquals(List.of(), lost);
  }

  private static void append(Memory memory, MemoryPlace place, String text) {
    try {
      var _ = memory.append(place, "Notes", text, Source.AGENT, Said.NOWHERE);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /// Somebody with an editor.
  private static final class Person {

    private final Path file;
    private final Random random;

    private final Exchange exchange = Exchange.ofThisSystem();

    /// Lines that came in while he wrote, and that his editor saved over.
    private final Set<String> unseen = new HashSet<>();

    /// How often the file was empty or torn when it was opened.
    private int invalid;

    Person(Path file, Random random) {
      this.file = file;
      this.random = random;
    }

    /// As an editor does: a new file takes the old one's place. Who saves has seen all that he
    /// saved before.
    void saves(int number, int pauseNanos) throws IOException {
      var before = number == 0 ? BY_HAND : "- human " + (number - 1) + "\n";
      var text = opened();
      // In the one moment between a look and an exchange his words are out of the file's place.
      for (int look = 0; look < 10_000 && !text.contains(before); look++) {
        LockSupport.parkNanos(1_000_000);
        text = opened();
      }
      var at = text.indexOf("\n\n") + 2;
      var fresh = file.resolveSibling("MEMORY.md~");
      var line = "- human " + number + "\n";
      var saved = text.substring(0, at) + line + text.substring(at);
      Files.writeString(fresh, saved);
      exchange.swap(fresh, file);
      var seen = texts(saved);
      texts(Files.readString(fresh)).stream()
          .filter(each -> !seen.contains(each))
          .forEach(unseen::add);
      Files.delete(fresh);
      LockSupport.parkNanos(random.nextInt(pauseNanos));
    }

    /// Each item without its comment.
    private static Set<String> texts(String markdown) {
      return markdown
          .lines()
          .map(each -> each.replaceFirst(" *<!--.*", ""))
          .collect(Collectors.toSet());
    }

    private String opened() throws IOException {
      var text = Files.readString(file);
      invalid += text.startsWith(BY_HAND) && text.endsWith("\n") ? 0 : 1;
      return text;
    }
  }
}
