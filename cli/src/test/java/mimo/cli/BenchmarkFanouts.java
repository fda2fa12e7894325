package mimo.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Measures wide runs of the built program against a model that answers at once: a thousand agents,
/// ten thousand, and ten thousand items that pass three. A program, not a test, as
/// [BenchmarkStarts] is.
final class BenchmarkFanouts {

  private static final int RUNS = 3;
  private static final int AGENTS = 1_000;
  private static final int ITEMS = 10_000;
  private static final int STAGES = 3;

  private static final String MANY =
      """
      export const meta = { name: 'many', description: 'asks many agents' };
      const all = Array.from({ length: args }, (_, i) => i);
      return (await parallel(all.map((i) => () => agent(`number ${i}`)))).length;
      """;

  private static final String STAGED =
      """
      export const meta = { name: 'staged', description: 'passes many items through three agents' };
      const all = Array.from({ length: args }, (_, i) => i);
      const out = await pipeline(
        all,
        (item) => agent(`first ${item}`),
        (before, item) => agent(`second ${item} ${before}`),
        (before, item) => agent(`third ${item} ${before}`),
      );
      return out.length;
      """;

  private final BenchmarkHome home = new BenchmarkHome();

  private BenchmarkFanouts() throws IOException {}

  /// Prints its figures; installs into a home of its own first, which records caches.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    new BenchmarkFanouts().measure();
    Runtime.getRuntime().halt(0);
  }

  private void measure() throws IOException, InterruptedException {
    home.write("many.js", MANY);
    home.write("staged.js", STAGED);
    home.run("cached", "install");
    for (int i = 0; i < RUNS; i++) {
      run("many.js", AGENTS, AGENTS);
    }
    for (int i = 0; i < RUNS; i++) {
      run("many.js", ITEMS, ITEMS);
    }
    run("staged.js", ITEMS, ITEMS * STAGES);
  }

  private void run(String script, int items, int agents) throws IOException, InterruptedException {
    var words =
        new ArrayList<>(
            List.of("compose", script, "--model", BenchmarkHome.MODEL, "--quiet", "--args"));
    words.add(Integer.toString(items));
    words.addAll(Arrays.asList("--concurrency", Integer.toString(AGENTS)));
    words.addAll(Arrays.asList("--max-agents", Integer.toString(agents)));
    words.addAll(Arrays.asList("--max-items", Integer.toString(items)));
    var tree = home.run("cached", words.toArray(String[]::new));
    System.out.printf(
        Locale.ROOT,
        "%d agents: %.2f s, %.2f ms CPU an agent, %d MiB in all processes%n",
        agents,
        tree.wallMillis() / 1000,
        tree.cpuMillis() / agents,
        tree.peakBytes() >> 20);
  }
}
