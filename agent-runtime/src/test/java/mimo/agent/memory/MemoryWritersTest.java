package mimo.agent.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import mimo.agent.memory.Memory.Said;
import mimo.engine.testing.TestJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What several processes, kills and people make of one memory (M5 to M7).
final class MemoryWritersTest {

  private static final int PROCESSES = 8;
  private static final int EDITS = Integer.getInteger("mimo.memory.edits", 60);
  private static final int KILLS = 30;
  private static final int HUMAN_EDITS = 200;

  @TempDir private Path folder;

  private Process start(String words, int count) throws IOException {
    return TestJvm.of(WriterProcess.class, folder.toString(), words, String.valueOf(count))
        .redirectErrorStream(true)
        .start();
  }

  @Test
  void eightProcessesLoseNothing() throws Exception {
    var processes = new ArrayList<Process>();
    for (int i = 0; i < PROCESSES; i++) {
      processes.add(start("process " + i + " entry", EDITS));
    }

    var lines = new ArrayList<String>();
    for (var process : processes) {
      assertTrue(process.waitFor(5, TimeUnit.MINUTES), "a writer hangs");
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.exitValue(), output);
      lines.add(output.lines().reduce((_, last) -> last).orElse(""));
    }

    var memory = MemoryFolder.in(folder);
    var texts =
        memory.entries(memory.layout().ofProject()).stream().map(MemoryEntry::text).toList();
    var expected = new TreeSet<String>();
    for (int i = 0; i < PROCESSES; i++) {
      for (int edit = 0; edit < EDITS; edit++) {
        expected.add("process " + i + " entry " + edit);
      }
    }
    System.out.println(
        "memory: %d processes x %d edits, %d lost; ms of an edit, wait and all (p50 p99): %s"
            .formatted(PROCESSES, EDITS, expected.size() - new TreeSet<>(texts).size(), lines));
    assertEquals(expected, new TreeSet<>(texts));
    assertEquals(expected.size(), texts.size());
    assertEquals(List.of("MEMORY.md"), names(memory));
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
    Files.writeString(place.file(), "# By hand\n\n");
    var over = new AtomicBoolean();
    var engine =
        Thread.ofPlatform()
            .start(() -> {
              for (int i = 0; !over.get(); i++) {
                append(memory, place, "engine " + i);
              }
            });

    var random = new Random(3);
    for (int i = 0; i < HUMAN_EDITS; i++) {
      save(place.file(), i == 0 ? "" : "- human " + (i - 1) + "\n", "- human " + i + "\n");
      LockSupport.parkNanos(random.nextInt(3_000_000));
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

  /// As an editor does: a new file takes the old one's place. Who saves has seen all that he saved
  /// before.
  private static void save(Path file, String before, String line) throws IOException {
    var text = Files.readString(file);
    // In the one moment between a look and an exchange his words are out of the file's place.
    for (int look = 0; look < 10_000 && !text.contains(before); look++) {
      LockSupport.parkNanos(1_000_000);
      text = Files.readString(file);
    }
    var at = text.indexOf("\n\n") + 2;
    var fresh = file.resolveSibling("MEMORY.md~");
    Files.writeString(fresh, text.substring(0, at) + line + text.substring(at));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
