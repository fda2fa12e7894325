package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What only a process of its own can prove.
final class ProcessTest {

  private static final Path TARGET =
      Path.of(System.getProperty("basedir", "."), "target").toAbsolutePath();
  private static final Path CLASSES = TARGET.resolve("classes");
  private static final Path TEST_CLASSES = TARGET.resolve("test-classes");

  /// The class path holds this room alone: a library on the way to the answer would be missing.
  @Test
  void answersVersionWithoutAnyLibrary(@TempDir Path folder) throws Exception {
    var log = folder.resolve("classes.log");
    var java = java(List.of("-Xlog:class+load:file=" + log), CLASSES.toString());
    java.add("mimo.cli.Main");
    java.add("--version");

    var process = new ProcessBuilder(java).start();
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    var err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

    assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it ends");
    assertTrue(out.matches("mimo \\S+ \\(\\S+, JDK 25\\S*\\)\\n"), out);
    assertEquals("", err);
    var loaded =
        Files.readAllLines(log).stream().filter(line -> line.contains("source: file:")).toList();
    assertTrue(!loaded.isEmpty() && loaded.size() < 10, loaded.toString());
  }

  @Test
  void asksToStopAtTheFirstSignalAndEndsAtTheSecond() throws Exception {
    var java = java(List.of(), CLASSES + ":" + TEST_CLASSES);
    java.add(InterruptedProgram.class.getName());
    var process = new ProcessBuilder(java).start();
    try (var out = process.inputReader(StandardCharsets.UTF_8)) {
      assertEquals("listening", line(out));

      terminate(process);
      assertEquals("asked to stop", line(out));
      assertTrue(process.isAlive(), "one signal only asks");

      terminate(process);
      assertTrue(process.waitFor(30, TimeUnit.SECONDS), "two signals end it");
      assertEquals(130, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }

  /// Sends TERM; the process object's own way would also close its streams.
  private static void terminate(Process process) {
    assertTrue(process.toHandle().destroy(), "the signal is sent");
  }

  private static String line(BufferedReader reader) throws IOException {
    return String.valueOf(reader.readLine());
  }

  private static List<String> java(List<String> flags, String classPath) {
    var words = new ArrayList<String>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(flags);
    words.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classPath));
    return words;
  }
}
