package mimo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import mimo.cli.testing.BuiltMimo;
import mimo.cli.testing.ProcessTree;

/// Measures whole starts of the built program beside what people use instead, in turn, against a
/// model that answers at once: `--version`, and one request. A program, not a test.
///
/// A peer's request is its one headless turn, from the shell to its exit, and ours is `mimo run`
/// (P2); beside it a workflow of one agent: until its request has arrived (P4), and to its exit.
/// Then the same programs read a file and change a word of it, each with its own tools (P3). How
/// large each one's request is comes last (P14).
final class BenchmarkPeers {

  private static final int ROUNDS = 11;

  private static final String ONE =
      """
      export const meta = { name: 'one', description: 'asks once' };
      return await agent('hi');
      """;

  private static final String CODEX =
      """
      model = "instant"
      model_provider = "local"
      [model_providers.local]
      name = "local"
      base_url = "%s"
      wire_api = "responses"
      """;

  private static final String OPENCODE =
      """
      {"model": "local/instant", "small_model": "local/instant", "autoupdate": false,
       "share": "disabled",
       "permission": {"external_directory": "allow", "edit": "allow", "bash": "allow"},
       "provider": {"local": {"npm": "@ai-sdk/openai-compatible", "name": "local",
         "options": {"baseURL": "%s", "apiKey": "none"},
         "models": {"instant": {"name": "instant"}}}}}
      """;

  private static final String PI =
      """
      {"providers": {"local": {"baseUrl": "%s", "api": "openai-completions", "apiKey": "none",
        "models": [{"id": "instant", "name": "instant", "reasoning": false, "input": ["text"],
          "contextWindow": 128000, "maxTokens": 4096,
          "cost": {"input": 0, "output": 0, "cacheRead": 0, "cacheWrite": 0}}]}}}
      """;

  private static final String MIMO =
      """
      {"provider": {"local": {"options": {"baseURL": "%s", "apiKey": "needs-no-key"}}}}
      """;

  private final Path folder;
  private final Path peers;
  private final InstantServer server;
  private final Map<String, List<Double>> millis = new LinkedHashMap<>();
  private final Map<String, Long> peaks = new LinkedHashMap<>();
  private final Map<String, Long> requests = new LinkedHashMap<>();

  private BenchmarkPeers(Path folder, Path peers, InstantServer server) {
    this.folder = folder;
    this.peers = peers;
    this.server = server;
  }

  /// Prints its figures.
  ///
  /// @param arguments the `node_modules` folder in which the peers were installed by npm
  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (var server = InstantServer.start()) {
      new BenchmarkPeers(Files.createTempDirectory("peers"), Path.of(arguments[0]), server)
          .measure();
    }
  }

  private void measure() throws IOException, InterruptedException {
    var codex = codex();
    Files.writeString(folder.resolve("one.js"), ONE);
    write("codex/config.toml", CODEX);
    write("opencode/opencode.json", OPENCODE);
    write("pi/.pi/agent/models.json", PI);
    mimo("install");
    for (int round = 0; round <= ROUNDS; round++) {
      boolean counts = round > 0; // the first only warms up
      note(counts, "mimo --version", mimo("--version"));
      note(counts, "codex --version", run(codex, "--version"));
      long start = System.nanoTime();
      var whole = mimo("compose", "one.js", "--model", "local/instant", "--quiet");
      note(counts, "mimo compose, to its exit", whole);
      note(counts, "mimo compose, to its request", (server.lastRequest() - start) / 1e6);
      note(counts, "mimo run", mimo("run", "hi", "--model", "local/instant", "--quiet"));
      requests.put("mimo run", server.lastBytes());
      note(counts, "codex exec", run(codex, "exec", "--skip-git-repo-check", "hi"));
      requests.put("codex exec", server.lastBytes());
      note(
          counts, "pi -p", run(bin("pi"), "-p", "--provider", "local", "--model", "instant", "hi"));
      requests.put("pi -p", server.lastBytes());
      note(counts, "opencode run", run(bin("opencode"), "run", "hi"));
      requests.put("opencode run", server.lastBytes());
      edit(counts);
    }
    print();
  }

  private void edit(boolean counts) throws IOException, InterruptedException {
    var ask = "Make it green.";
    server.edit(new EditTurn(folder.resolve("color.txt").toString(), "blue", "green"));
    try {
      edited(
          counts,
          "mimo run",
          BuiltMimo.launcher().toString(),
          "run",
          ask,
          "--model",
          "local/instant",
          "--quiet");
      edited(
          counts,
          "codex exec",
          codex(),
          "exec",
          "--skip-git-repo-check",
          "--dangerously-bypass-approvals-and-sandbox",
          ask);
      edited(counts, "pi -p", bin("pi"), "-p", "--provider", "local", "--model", "instant", ask);
      edited(counts, "opencode run", bin("opencode"), "run", ask);
    } finally {
      server.edit(null);
    }
  }

  /// What did not change the file was no such turn.
  private void edited(boolean counts, String what, String program, String... words)
      throws IOException, InterruptedException {
    var file = folder.resolve("color.txt");
    Files.writeString(file, "The sky is blue.\n");
    note(counts, what + ", reads and edits", run(program, words));
    if (!Files.readString(file).equals("The sky is green.\n")) {
      throw new IOException(what + " did not edit: " + Files.readString(folder.resolve("log.txt")));
    }
  }

  private void write(String file, String template) throws IOException {
    var path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, pointedAtServer(template));
  }

  private String pointedAtServer(String template) {
    return template.formatted(server.baseUrl());
  }

  /// The program itself; npm's `codex` would start it through Node.
  private String codex() throws IOException {
    try (Stream<Path> files = Files.walk(peers.resolve("@openai"))) {
      return files
          .filter(file -> file.endsWith("bin/codex") && Files.isExecutable(file))
          .findFirst()
          .orElseThrow(() -> new IOException("no codex in " + peers))
          .toString();
    }
  }

  private String bin(String peer) {
    return peers.resolve(".bin").resolve(peer).toString();
  }

  private ProcessTree.Usage mimo(String... words) throws IOException, InterruptedException {
    return run(BuiltMimo.launcher().toString(), words);
  }

  private ProcessTree.Usage run(String program, String... words)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(program);
    command.addAll(Arrays.asList(words));
    var log = folder.resolve("log.txt");
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    var environment = builder.environment();
    environment.put("HOME", folder.resolve("pi").toString());
    environment.put("MIMOCODE_HOME", folder.resolve("mimo").toString());
    environment.put("MIMOCODE_CONFIG_CONTENT", pointedAtServer(MIMO));
    environment.put("CODEX_HOME", folder.resolve("codex").toString());
    environment.put("XDG_CONFIG_HOME", folder.resolve("opencode").toString());
    environment.put("OPENCODE_CONFIG", folder.resolve("opencode/opencode.json").toString());
    environment.put("OPENCODE_DISABLE_MODELS_FETCH", "1");
    var usage = ProcessTree.follow(builder);
    if (usage.exit() != 0) {
      throw new IOException("%s: %s".formatted(command, Files.readString(log)));
    }
    return usage;
  }

  private void note(boolean counts, String what, ProcessTree.Usage usage) {
    note(counts, what, usage.wallMillis());
    if (counts) {
      peaks.merge(what, usage.peakBytes(), Math::max);
    }
  }

  private void note(boolean counts, String what, double took) {
    if (counts) {
      millis.computeIfAbsent(what, _ -> new ArrayList<>()).add(took);
    }
  }

  private void print() {
    double codex = median(millis.getOrDefault("codex exec", List.of()));
    millis.forEach((what, all) ->
        System.out.printf(
            Locale.ROOT,
            "%-30s %6.0f ms (%.0f-%.0f)  %.2f x codex exec  %d MiB at most%n",
            what,
            median(all),
            all.stream().mapToDouble(it -> it).min().orElse(0),
            all.stream().mapToDouble(it -> it).max().orElse(0),
            median(all) / codex,
            peaks.getOrDefault(what, 0L) >> 20));
    requests.forEach((what, bytes) ->
        System.out.printf(
            Locale.ROOT, "%-30s %6.1f KB in its last request%n", what, bytes / 1024d));
  }

  private static double median(List<Double> all) {
    var sorted = all.stream().mapToDouble(it -> it).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }
}
