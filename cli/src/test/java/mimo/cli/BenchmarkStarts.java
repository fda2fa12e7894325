package mimo.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Locale;

/// Measures whole starts of the built program against a model that answers at once: `--version` and
/// the first request of a run, of a small script and of a large one. A program, not a test: figures
/// depend on the machine and on what else it does, so that what is compared is run in turn.
final class BenchmarkStarts {

  private static final int PAIRS = 11;

  /// How many functions make a script of 120 KB.
  private static final int FUNCTIONS = 1_150;

  private static final String ONE =
      """
      export const meta = { name: 'one', description: 'asks once' };
      return await agent('hello');
      """;

  private final BenchmarkHome home = new BenchmarkHome();

  private BenchmarkStarts() throws IOException {}

  /// Prints its figures; installs into a home of its own first, which records caches.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    new BenchmarkStarts().measure();
    Runtime.getRuntime().halt(0);
  }

  private void measure() throws IOException, InterruptedException {
    var large = large();
    home.write("one.js", ONE);
    home.write("large.js", large);
    home.run("cached", "install");

    pairs("--version", (with, words) -> home.run(with, words).wallMillis(), "--version");
    pairs("compose, start to first request", home::untilRequest, compose("one.js"));
    pairs(
        "the same, a script of %d KB".formatted(large.length() >> 10),
        home::untilRequest,
        compose("large.js"));
    pairs(
        "check of that script",
        (with, words) -> home.run(with, words).wallMillis(),
        "workflows",
        "check",
        "large.js");
  }

  private static String[] compose(String script) {
    return new String[] {"compose", script, "--model", BenchmarkHome.MODEL, "--quiet"};
  }

  /// A script of many functions, none of them trivial to read, that asks once.
  private static String large() {
    var text = new StringBuilder("export const meta = { name: 'large', description: 'much' };\n");
    for (int i = 0; i < FUNCTIONS; i++) {
      text.append(
          """
          async function step%1$d(a) {
            const { x, y = %1$d } = await a; return [x, `${y}`].map((z) => z ?? '%1$d');
          }
          """
              .formatted(i));
    }
    return text.append("return await agent('hello');\n").toString();
  }

  /// Measures one run of the program.
  private interface Measure {
    double millis(String home, String... words) throws IOException, InterruptedException;
  }

  /// With AOT caches and without, in turn.
  private static void pairs(String what, Measure measure, String... words)
      throws IOException, InterruptedException {
    var with = new ArrayList<Double>();
    var without = new ArrayList<Double>();
    for (int i = 0; i <= PAIRS; i++) {
      var cached = measure.millis("cached", words);
      var bare = measure.millis("bare", words);
      if (i > 0) { // the first only warms up
        with.add(cached);
        without.add(bare);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%s: with caches %s ms, without %s ms%n",
        what,
        BenchmarkHome.spread(with),
        BenchmarkHome.spread(without));
  }
}
