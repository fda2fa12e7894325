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

/// A folder and a home in which benchmarks start the built program, and a model that answers at
/// once, but for one prompt that it refuses.
final class BenchmarkHome {

  /// The model that answers.
  static final String MODEL = "bench/any";

  /// A prompt that finds the key refused, which parks the run.
  static final String REFUSED = "refused";

  private static final String REFUSAL = "{\"error\":{\"message\":\"no such key\"}}";

  private final Path folder;
  private int expected;
  private final AtomicLong firstRequest = new AtomicLong();
  private final FakeModelServer server = FakeModelServer.start(this::answer);

  BenchmarkHome() throws IOException {
    this.folder = Files.createTempDirectory("bench");
  }

  /// Puts a script into the folder.
  void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  /// The middle, the smallest and the largest.
  static String spread(List<Double> millis) {
    var sorted = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return String.format(
        Locale.ROOT,
        "%.0f (%.0f-%.0f)",
        sorted[sorted.length / 2],
        sorted[0],
        sorted[sorted.length - 1]);
  }

  /// How long the program takes from its start to its first request, in milliseconds.
  ///
  /// @param home a name for where its caches are
  double untilRequest(String home, String... words) throws IOException, InterruptedException {
    firstRequest.set(0);
    long start = System.nanoTime();
    run(home, words);
    return (firstRequest.get() - start) / 1e6;
  }

  /// The exit code of the programs to come that means all is well.
  void expect(int exit) {
    expected = exit;
  }

  /// Runs the program to its end.
  ProcessTree.Usage run(String home, String... words) throws IOException, InterruptedException {
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
    if (usage.exit() != expected) {
      throw new IOException("%s: %s".formatted(command, output()));
    }
    return usage;
  }

  /// What the last program wrote, to both streams.
  String output() throws IOException {
    return Files.readString(folder.resolve("log.txt"));
  }

  private String configuration() {
    return """
    {"provider": {"bench": {"options": {"baseURL": "%s", "apiKey": "needs-no-key"}}}}
    """
        .formatted(server.baseUrl());
  }

  private FakeReply answer(JsonNode request) {
    firstRequest.compareAndSet(0, System.nanoTime());
    if (request.toString().contains(REFUSED)) {
      return FakeReply.plain(401, REFUSAL);
    }
    return ChatScript.inChunksOf(40).text("well").finish("stop").usage(10, 1).done();
  }
}
