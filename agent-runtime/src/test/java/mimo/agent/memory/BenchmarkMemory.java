package mimo.agent.memory;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import mimo.agent.memory.index.MemoryIndex;
import mimo.agent.memory.index.Question;

/// Measures the index of a large memory (P11): making it anew from 10,000 files of one section
/// each, bringing it up to date, and searching it. A program, not a test: figures depend on the
/// machine.
final class BenchmarkMemory {

  private static final int FILES = Integer.getInteger("files", 10_000);
  private static final int SEARCHES = 500;

  private BenchmarkMemory() {}

  /// Prints its figures.
  public static void main(String[] arguments) throws Exception {
    var folder = Files.createTempDirectory("memory");
    var memory = MemoryFolder.in(folder);
    var random = new Random(1);
    var words = words(random);
    for (int i = 0; i < FILES; i++) {
      var file = memory.layout().notes("s" + i).file();
      Files.createDirectories(file.getParent());
      Files.writeString(file.resolveSibling(".project"), MemoryFolder.PROJECT + "\n");
      Files.writeString(file, "## Notes of day " + i % 365 + "\n\n" + text(words, random));
      Files.setLastModifiedTime(file, FileTime.from(MemoryFolder.NOW.minusSeconds(3_600)));
    }
    try (var search = new MemorySearch(memory, folder.resolve("cache/index.db"))) {
      long start = System.nanoTime();
      var update = search.rebuild();
      System.out.printf(
          Locale.ROOT,
          "made anew: %d files, %d sections in %.1f s%n",
          update.read(),
          update.sections(),
          seconds(start));
      start = System.nanoTime();
      var _ = search.update();
      System.out.printf(Locale.ROOT, "brought up to date: %.2f s%n", seconds(start));
      measure(memory, folder.resolve("cache/index.db"), words, random);
    }
    remove(folder);
  }

  /// Only the index: whether files have changed is looked at before, once for each search.
  private static void measure(Memory memory, Path file, List<String> words, Random random)
      throws Exception {
    var among = new HashMap<String, Double>();
    memory.layout().all().forEach(place -> among.put(place.name(), place.scope().boost()));
    var millis = new ArrayList<Double>();
    var ofProcessor = new ArrayList<Double>();
    var clock = ManagementFactory.getThreadMXBean();
    try (var index = new MemoryIndex(file)) {
      for (int i = 0; i < SEARCHES; i++) {
        var query =
            "when did "
                + word(words, random)
                + " and "
                + word(words, random)
                + " need the "
                + word(words, random);
        long start = System.nanoTime();
        long used = clock.getCurrentThreadCpuTime();
        var _ = index.search(new Question(query, among, MemoryFolder.NOW, 10));
        ofProcessor.add((clock.getCurrentThreadCpuTime() - used) / 1e6);
        millis.add((System.nanoTime() - start) / 1e6);
      }
    }
    print("search", millis);
    print("search, processor time", ofProcessor);
  }

  private static void print(String what, List<Double> millis) {
    Collections.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "%s: p50 %.1f ms, p95 %.1f ms, p99 %.1f ms%n",
        what,
        millis.get(SEARCHES / 2),
        millis.get(SEARCHES * 95 / 100),
        millis.get(SEARCHES * 99 / 100));
  }

  private static List<String> words(Random random) {
    var words = new ArrayList<String>();
    for (int i = 0; i < 5_000; i++) {
      var word = new StringBuilder();
      for (int letter = 0; letter < 4 + random.nextInt(6); letter++) {
        word.append((char) ('a' + random.nextInt(26)));
      }
      words.add(word.toString());
    }
    return words;
  }

  /// As in any language, few words are said often.
  private static String word(List<String> words, Random random) {
    return words.get((int) (words.size() * Math.pow(random.nextDouble(), 3)));
  }

  private static String text(List<String> words, Random random) {
    var text = new StringBuilder();
    for (int line = 0; line < 6; line++) {
      text.append("- ");
      for (int i = 0; i < 14; i++) {
        text.append(word(words, random)).append(' ');
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static void remove(Path folder) throws Exception {
    try (var all = Files.walk(folder)) {
      for (var each : all.sorted(Collections.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
