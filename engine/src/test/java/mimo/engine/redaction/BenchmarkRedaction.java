package mimo.engine.redaction;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.ToIntFunction;

/// Measures how fast text is cleaned (S66, P12), in blocks of 64 KiB: text without any keyword of
/// the prefilter, text that speaks of secrets, text that is full of them, and text made to be slow.
/// A program, not a test: figures depend on the machine.
final class BenchmarkRedaction {

  private static final int BLOCK = 64 * 1024;
  private static final int BLOCKS = 64;
  private static final int ROUNDS = 8;
  private static final long SEED = 7;

  private BenchmarkRedaction() {}

  /// Prints its figures.
  public static void main(String[] arguments) {
    var secrets = new ArrayList<String>();
    var random = new Random(SEED);
    for (int i = 0; i < 20; i++) {
      secrets.add(Long.toString(random.nextLong(1L << 60, 1L << 62), 36));
    }
    var live = new LiveValues(secrets);
    for (var rules : Rules.values()) {
      var redactor = new SecretRedactor(live, "a1b2", rules);
      System.out.println(rules);
      measure("no keyword", redactor, blocks(BenchmarkRedaction::quiet));
      measure("ordinary lines", redactor, blocks(OrdinaryLines::next));
      measure("prose about secrets", redactor, blocks(OrdinaryLines::prose));
      measure("a secret in each line", redactor, blocks(BenchmarkRedaction::secret));
      for (var hostile : hostile()) {
        measure("hostile '" + hostile.strip() + "'", redactor, List.of(block(_ -> hostile)));
      }
    }
  }

  /// Words of letters that begin no rule.
  private static String quiet(Random random) {
    var line = new StringBuilder();
    for (int i = 0; i < 70; i++) {
      line.append(i % 7 == 6 ? ' ' : "uvwqz".charAt(random.nextInt(5)));
    }
    return line.append('\n').toString();
  }

  private static String secret(Random random) {
    var kinds = SecretSamples.announced();
    var kind = kinds.get(random.nextInt(kinds.size()));
    return kind.name() + "=" + kind.make().apply(random);
  }

  /// Beginnings that never become a match, or become one only to begin anew.
  static List<String> hostile() {
    return List.of(
        "sk-ant-",
        " eyJ",
        "eyJaaaaaaaa.",
        ".ya29.",
        "AIza",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----a:\n",
        "password=",
        "api_key: \"",
        "x://a:",
        "token token ",
        "\\n\\n",
        "[REDACTED:");
  }

  private static List<String> blocks(java.util.function.Function<Random, String> line) {
    var random = new Random(SEED);
    var blocks = new ArrayList<String>();
    for (int i = 0; i < BLOCKS; i++) {
      blocks.add(block(_ -> line.apply(random) + "\n"));
    }
    return blocks;
  }

  private static String block(java.util.function.Function<Integer, String> line) {
    var text = new StringBuilder(BLOCK + 1_000);
    for (int i = 0; text.length() < BLOCK; i++) {
      text.append(line.apply(i));
    }
    return text.substring(0, BLOCK);
  }

  /// The time this thread had a processor: what others do on the machine does not count.
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void measure(String what, SecretRedactor redactor, List<String> blocks) {
    ToIntFunction<String> clean = block -> redactor.clean(block).length();
    long sum = 0;
    for (int round = 0; round < 3; round++) {
      sum += blocks.stream().mapToInt(clean).sum();
    }
    var nanos = new long[ROUNDS * blocks.size()];
    int at = 0;
    for (int round = 0; round < ROUNDS; round++) {
      for (var block : blocks) {
        long begin = cpuNanos();
        sum += clean.applyAsInt(block);
        nanos[at++] = cpuNanos() - begin;
      }
    }
    Arrays.sort(nanos);
    double mib = (double) BLOCK * nanos.length / (1 << 20);
    System.out.printf(
        Locale.ROOT,
        "  %-40s %,8.0f MiB/s; 64 KiB: p50 %.3f ms, p99 %.3f ms, most %.3f ms (%d)%n",
        what,
        mib / (Arrays.stream(nanos).sum() / 1e9),
        nanos[nanos.length / 2] / 1e6,
        nanos[nanos.length * 99 / 100] / 1e6,
        nanos[nanos.length - 1] / 1e6,
        sum % 10);
  }
}
