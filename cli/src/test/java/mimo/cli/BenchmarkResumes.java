package mimo.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Locale;
import java.util.regex.Pattern;

/// Measures how soon a run of ten thousand recorded steps is live again: from the shell to the
/// first request of the step after them. That step's key is refused, so that the run parks and can
/// be resumed as often as one likes. A program, not a test, as [BenchmarkStarts] is.
final class BenchmarkResumes {

  private static final int ROUNDS = 11;
  private static final int STEPS = 10_000;
  private static final int PARKED = 1;
  private static final Pattern RUN = Pattern.compile("\\brun +([0-9a-f]{12})\\b");

  private static final String SCRIPT =
      """
      export const meta = { name: 'long', description: 'asks many agents, then one more' };
      const all = Array.from({ length: %d }, (_, i) => i);
      await parallel(all.map((i) => () => agent(`number ${i}`)));
      return await agent('%s');
      """
          .formatted(STEPS, BenchmarkHome.REFUSED);

  private BenchmarkResumes() {}

  /// Prints its figures; installs into a home of its own first, which records caches.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var home = new BenchmarkHome();
    home.write("long.js", SCRIPT);
    home.run("cached", "install");
    home.expect(PARKED);
    home.run(
        "cached",
        "compose",
        "long.js",
        "--model",
        BenchmarkHome.MODEL,
        "--concurrency",
        "1000",
        "--max-agents",
        Integer.toString(STEPS + 1),
        "--max-items",
        Integer.toString(STEPS));
    var run = RUN.matcher(home.output());
    if (!run.find()) {
      throw new IOException("no run in " + home.output());
    }
    var millis = new ArrayList<Double>();
    for (int i = 0; i <= ROUNDS; i++) {
      var took = home.untilRequest("cached", "runs", "resume", run.group(1), "--quiet");
      if (i > 0) { // the first only warms up
        millis.add(took);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "resume of %d recorded steps, start to the first request: %s ms%n",
        STEPS,
        BenchmarkHome.spread(millis));
    Runtime.getRuntime().halt(0);
  }
}
