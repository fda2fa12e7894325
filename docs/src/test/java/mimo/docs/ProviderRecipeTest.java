package mimo.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Follows the recipe of `docs/reference/providers.md` with the program, line by line (A19).
final class ProviderRecipeTest {

  private static final String KEY = "sk-lab-4711-secret";
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  private static final String REPLY =
      """
      data: {"choices":[{"index":0,"delta":{"content":"Hello from the lab"},"finish_reason":null}]}

      data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,\
      "completion_tokens":4}}

      data: [DONE]

      """;

  @TempDir private Path home;
  private HttpServer server;
  private final List<String> keys = new CopyOnWriteArrayList<>();

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/chat/completions", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      keys.add(exchange.getRequestHeaders().getFirst("Authorization"));
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      var bytes = REPLY.getBytes(UTF_8);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Test
  void worksAsItIsWritten() throws IOException, InterruptedException {
    var configuration = recipe("json recipe");
    assertTrue(configuration.contains(":8123/"), configuration);
    write(
        "home/config/mimocode.jsonc",
        configuration.replace(":8123/", ":" + server.getAddress().getPort() + "/"));
    write("work/key.txt", KEY + "\n");

    var said = new ArrayList<String>();
    for (var line : recipe("sh recipe").lines().toList()) {
      said.add(run(line));
    }

    assertEquals(5, said.size());
    assertTrue(said.get(0).startsWith("Stored the key of lab in "), said.get(0));
    assertTrue(said.get(1).startsWith("lab "), said.get(1));
    assertTrue(said.get(2).contains("65,536 tokens"), said.get(2));
    assertTrue(said.get(2).contains("$0.5 in"), said.get(2));
    assertEquals("Hello from the lab\n", said.get(3));
    assertEquals("Removed the key of lab.\n", said.get(4));
    assertEquals(List.of("Bearer " + KEY), keys);
    assertFalse(String.join("", said).contains(KEY), said.toString());
  }

  private static String recipe(String language) throws IOException {
    return Page.read(Repository.here().file("docs/reference/providers.md")).fences().stream()
        .filter(fence -> fence.language().equals(language))
        .findFirst()
        .orElseThrow()
        .text();
  }

  private void write(String file, String text) throws IOException {
    var path = home.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  /// Runs one line as the launcher would, and returns what it prints.
  private String run(String line) throws IOException, InterruptedException {
    var words = new ArrayList<String>();
    WORD.matcher(line)
        .results()
        .forEach(word -> words.add(word.group(1) == null ? word.group(2) : word.group(1)));
    assertEquals("mimo", words.removeFirst(), line);
    int from = words.indexOf("<");
    var input = from < 0 ? null : words.get(from + 1);
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dmimo.dist=.",
            "mimo.cli.Main"));
    command.addAll(from < 0 ? words : words.subList(0, from));
    var work = home.resolve("work");
    var err = home.resolve("err.txt").toFile();
    var builder = new ProcessBuilder(command).directory(work.toFile()).redirectError(err);
    builder.redirectInput(
        input == null ? Redirect.from(new java.io.File("/dev/null")) : from(work, input));
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().put("MIMOCODE_HOME", home.resolve("home").toString());
    var process = builder.start();
    try (var out = process.getInputStream()) {
      var text = new String(out.readAllBytes(), UTF_8);
      assertEquals(0, process.waitFor(), line + ": " + text + Files.readString(err.toPath()));
      return text;
    } finally {
      process.destroyForcibly();
    }
  }

  private static Redirect from(Path folder, String file) {
    return Redirect.from(folder.resolve(file).toFile());
  }
}
