package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mimo.agent.provider.catalog.ProviderListing;
import mimo.cli.command.Inspection.Network;
import mimo.cli.command.Inspection.Servers;
import mimo.cli.command.ModelList.Capacity;
import mimo.cli.command.ModelList.KeyState;
import mimo.cli.command.ModelList.Line;
import mimo.cli.command.ModelList.Where;
import mimo.cli.config.ConfigEntry;
import mimo.cli.config.Configuration.Price;
import mimo.cli.config.Folders;
import mimo.cli.doctor.Finding.Verdict;
import mimo.cli.terminal.Terminal.Channel;
import mimo.cli.terminal.WindowSize;
import mimo.cli.testing.Admissions;
import mimo.cli.testing.TestStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalInspectionTest {

  @TempDir private Path home;

  private final Map<String, String> environment = new HashMap<>();

  @Test
  void listsPresetsAndConfiguredModelsWithTheirKeys() throws IOException {
    environment.put("OPENAI_API_KEY", "hunter2");
    configure(
        """
        {"model": "small", "model_aliases": {"small": "openai"},
         "provider": {
           "mimo": {"models": {"own": {"limit": {"context": 1000}}}},
           "lab": {"options": {"baseURL": "https://lab.example/v1", "apiKey": "hunter3"},
                   "models": {"big": {"cost": {"input": 1, "output": 2}}, "new": {}}}}}
        """);

    var list = inspection().models(Servers.LEFT_ALONE);

    var labKey = new KeyState(KeyState.Kind.SET, List.of("provider.lab.options.apiKey"));
    var lab = new Where("openai-chat", "https://lab.example/v1");
    var xiaomi = new KeyState(KeyState.Kind.MISSING, List.of("XIAOMI_API_KEY", "MIMO_API_KEY"));
    assertTrue(
        list.models()
            .containsAll(
                List.of(
                    new Line(
                        "xiaomi/own",
                        new Capacity(1000, null, List.of()),
                        null,
                        xiaomi,
                        new Where("openai-chat", "https://api.xiaomimimo.com/v1")),
                    new Line(
                        "openai/gpt-5-mini",
                        new Capacity(400_000, 128_000, List.of("tools", "reasoning", "images")),
                        new Price(new BigDecimal("0.25"), BigDecimal.TWO, new BigDecimal("0.025")),
                        new KeyState(KeyState.Kind.SET, List.of("OPENAI_API_KEY")),
                        new Where("openai-responses", "https://api.openai.com/v1")),
                    new Line(
                        "lab/big",
                        Capacity.UNKNOWN,
                        new Price(BigDecimal.ONE, BigDecimal.TWO, BigDecimal.ONE),
                        labKey,
                        lab),
                    new Line("lab/new", Capacity.UNKNOWN, null, labKey, lab))),
        list.toString());
    assertEquals("openai/gpt-5-mini", list.chosen());
    assertEquals(Map.of("small", "openai/gpt-5-mini"), list.aliases());
  }

  @Test
  void hasNoDefaultWhereNothingIsSetAndNobodyWatches() throws IOException {
    configure(
        "{\"provider\": {\"ollama\": {\"options\": {\"baseURL\": \"http://192.0.2.1\"}},"
            + " \"llama-server\": {\"options\": {\"baseURL\": \"http://192.0.2.1\"}}}}");

    var list = inspection().models(Servers.LEFT_ALONE);

    assertEquals(null, list.chosen());
    assertTrue(list.why().startsWith("no model is configured"), list.why());
  }

  @Test
  void findsTheModelsOfAServerOnThisMachine() throws IOException {
    var server = serving(200, "{\"data\":[{\"id\":\"qwen\"},{\"id\":\"llama\"}]}");
    try {
      configure(
          "{\"provider\": {\"ollama\": {\"options\": {\"baseURL\": \"" + url(server) + "\"}}}}");

      var names = inspection().models(Servers.ASKED).models().stream().map(Line::name).toList();

      assertTrue(names.containsAll(List.of("ollama/llama", "ollama/qwen")), names.toString());
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aStoredEntryThatMakesNoSenseIsSentNowhereAndToldOf() throws IOException {
    var data = Files.createDirectories(home.resolve(".local/share/mimocode"));
    var file =
        Files.createFile(
            data.resolve("auth.json"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        file,
        """
        {"groq": {"type": "api", "key": "gsk", "origin": "nowhere"},
         "xai": {"type": "api", "key": "x"}}
        """);
    var streams = new TestStreams();

    var providers = inspection(streams).providers();

    assertEquals(
        List.of("xai"),
        providers.stream()
            .filter(provider -> !provider.keySource().isEmpty())
            .map(ProviderListing::id)
            .toList());
    assertEquals(
        "mimo: the key of groq in "
            + file
            + " is sent nowhere: its origin is no address like https://host. mimo auth login groq"
            + " stores it anew\n",
        streams.err());
  }

  @Test
  void knowsWhatCountsWithoutAFile() {
    environment.put("GROQ_API_KEY", "hunter2");

    assertEquals(
        List.of(
            ConfigEntry.builtIn("concurrency", 16), ConfigEntry.keyFrom("groq", "GROQ_API_KEY")),
        inspection().given());
  }

  @Test
  void findsWhatABrokenInstallationLacks() throws Exception {
    configure("{\"model\": \"nobody/x\"}");

    var findings = inspection().examine(Network.THIS_MACHINE);

    assertEquals(
        List.of("program", "program", "sandbox", "models"),
        findings.stream()
            .filter(finding -> finding.verdict() == Verdict.FAIL)
            .map(finding -> finding.area())
            .toList(),
        findings.toString());
  }

  @Test
  void asksTheProviderOnlyOnRequest() throws Exception {
    for (var status : List.of(200, 401, 500)) {
      var server = serving(status, "{\"data\":[]}");
      try {
        configure(
            "{\"model\": \"lab/x\", \"provider\": {\"lab\": {\"options\": {\"baseURL\": \""
                + url(server)
                + "\", \"apiKey\": \"hunter2\"}}}}");

        var findings = inspection().examine(Network.PROVIDER);

        var verdict =
            switch (status) {
              case 200 -> Verdict.OK;
              case 401 -> Verdict.FAIL;
              default -> Verdict.WARN;
            };
        var last =
            findings.stream().filter(finding -> finding.area().equals("models")).toList().getLast();
        assertEquals(verdict, last.verdict(), last.toString());
        assertTrue(last.what().startsWith("lab at http://127.0.0.1:"), last.toString());
      } finally {
        server.stop(0);
      }
    }
  }

  private LocalInspection inspection() {
    return inspection(new TestStreams());
  }

  private LocalInspection inspection(TestStreams streams) {
    var terminal = streams.terminal(Channel.PIPE, Channel.PIPE);
    var installation =
        new Installation(
            home.resolve("dist"), Path.of(System.getProperty("java.home")), home, null, null);
    return new LocalInspection(
        new House.Surroundings(
            home,
            environment,
            HeadStart.of(List.of("doctor"), installation),
            terminal,
            new Notices(terminal, true),
            Admissions.WARY),
        Folders.of(environment, home),
        () -> WindowSize.USUAL,
        Duration.ofSeconds(10));
  }

  private void configure(String text) throws IOException {
    var folder = Files.createDirectories(home.resolve(".config/mimocode"));
    Files.writeString(folder.resolve("mimocode.jsonc"), text);
  }

  private static String url(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  private static HttpServer serving(int status, String body) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/models",
        exchange -> {
          var bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    return server;
  }
}
