package mimo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import mimo.agent.testing.ChatScript;
import mimo.agent.testing.FakeModelServer;
import mimo.agent.testing.FakeReply;
import mimo.cli.testing.BuiltMimo;
import mimo.cli.testing.ProcessTree;

/// Measures whole starts of the built program against a model that answers at once: `--version`,
/// the first request of a run, and a run of a thousand agents. A program, not a test: figures
/// depend on the machine and on what else it does, so that what is compared is run in turn.
final class BenchmarkStarts {

  private static final int PAIRS = 11;
  private static final int BIG_RUNS = 3;
  private static final int AGENTS = 1_000;

  private static final String ONE =
      """
      export const meta = { name: 'one', description: 'asks once' };
      return await agent('hello');
      """;

  private static final String MANY =
      """
      export const meta = { name: 'many', description: 'asks many agents' };
      const all = Array.from({ length: %d }, (_, i) => i);
      return (await parallel(all.map((i) => () => agent(`number ${i}`)))).length;
      """
          .formatted(AGENTS);

  private final Path folder;
  private final AtomicLong firstRequest = new AtomicLong();
  private final FakeModelServer server = FakeModelServer.start(this::answer);

  private BenchmarkStarts(Path folder) {
    this.folder = folder;
  }

  /// Prints its figures; installs into a home of its own first, which records caches.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    new BenchmarkStarts(Files.createTempDirectory("bench")).measure();
    Runtime.getRuntime().halt(0);
  }

  private void measure() throws IOException, InterruptedException {
    Files.writeString(folder.resolve("one.js"), ONE);
    Files.writeString(folder.resolve("many.js"), MANY);
    run("cached", "install");

    pairs("--version", this::wall, "--version");
    pairs(
        "compose, start to first request",
        this::untilRequest,
        "compose",
        "one.js",
        "--model",
        "bench/any",
        "--quiet");
    for (int i = 0; i < BIG_RUNS; i++) {
      var tree =
          run(
              "cached",
              "compose",
              "many.js",
              "--model",
              "bench/any",
              "--quiet",
              "--concurrency",
              Integer.toString(AGENTS));
      System.out.printf(
          Locale.ROOT,
          "%d agents: %.2f s, %.2f ms CPU an agent, %d MiB in all processes%n",
          AGENTS,
          tree.wallMillis() / 1000,
          tree.cpuMillis() / AGENTS,
          tree.peakBytes() >> 20);
    }
  }

  /// Measures one run of the program.
  private interface Measure {
    double millis(String home, String... words) throws IOException, InterruptedException;
  }

  /// With AOT caches and without, in turn.
  private void pairs(String what, Measure measure, String... words)
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
        Locale.ROOT, "%s: with caches %s ms, without %s ms%n", what, spread(with), spread(without));
  }

  private static String spread(List<Double> millis) {
    var sorted = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return String.format(
        Locale.ROOT,
        "%.0f (%.0f-%.0f)",
        sorted[sorted.length / 2],
        sorted[0],
        sorted[sorted.length - 1]);
  }

  private double wall(String home, String... words) throws IOException, InterruptedException {
    return run(home, words).wallMillis();
  }

  private double untilRequest(String home, String... words)
      throws IOException, InterruptedException {
    firstRequest.set(0);
    long start = System.nanoTime();
    run(home, words);
    return (firstRequest.get() - start) / 1e6;
  }

  private ProcessTree.Usage run(String home, String... words)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(BuiltMimo.launcher().toString());
    command.addAll(Arrays.asList(words));
    var log = folder.resolve("log.txt");
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("HOME", folder.resolve(home).toString());
    builder.environment().put("MIMOCODE_HOME", folder.resolve(home).toString());
    builder.environment().put("MIMOCODE_CONFIG_CONTENT", configuration());
    var usage = ProcessTree.follow(builder);
    if (usage.exit() != 0) {
      throw new IOException("%s: %s".formatted(command, Files.readString(log)));
    }
    return usage;
  }

  private String configuration() {
    return """
    {"provider": {"bench": {"options": {"baseURL": "%s", "apiKey": "needs-no-key"}}}}
    """
        .formatted(server.baseUrl());
  }

  private FakeReply answer(JsonNode request) {
    firstRequest.compareAndSet(0, System.nanoTime());
    return ChatScript.inChunksOf(40).text("well").finish("stop").usage(10, 1).done();
  }
}
