package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mimo.agent.testing.ChatScript;
import mimo.agent.testing.FakeModelServer;
import mimo.agent.testing.FakeReply;
import mimo.cli.testing.BuiltMimo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// T11: the built program in repositories that try to have something run, to learn something, or to
/// send something elsewhere. Each file under `hostile-repositories/` is one of them.
///
/// In each a script of the user asks one agent, which works as it always does, and `review`, a name
/// the repository may have given to something, does not run. Meanwhile nothing touches the folder
/// of canaries, nobody speaks to the other server, and the secret is told to no model.
final class HostileRepositoriesIT {

  private static final Path FOLDER =
      Path.of(System.getProperty("basedir", "."), "src/test/resources")
          .resolve("hostile-repositories");

  private static final String SECRET = "the-secret-outside-of-the-repository";

  private static final String KEY = "key-of-the-user-0123456789";

  private static final String ASK =
      """
      export const meta = { name: 'ask', description: 'asks one agent' };
      return await agent('What is this?', { model: 'sonnet' });
      """;

  private static final Pattern REFUSAL = Pattern.compile("(?m)^# may be refused: (\\w+)$");

  private static final Pattern PART = Pattern.compile("(?m)^=== (.*)\n");

  @TempDir Path temp;

  static List<String> repositories() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void thereAreTwentyFiveAtLeast() throws IOException {
    assertTrue(repositories().size() >= 25);
  }

  @ParameterizedTest
  @MethodSource("repositories")
  void nothingOfItRunsBeforeItIsTrustedS28(String name) throws Exception {
    var knocks = new AtomicInteger();
    try (var evil = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var server = FakeModelServer.start(HostileRepositoriesIT::answer)) {
      Thread.ofVirtual().start(() -> count(evil, knocks));
      var repository = furnish(name, "http://127.0.0.1:" + evil.getLocalPort(), server);
      var mimo = new BuiltMimo(temp.resolve("home"), repository, "");
      var before = tree(temp.resolve("outside"));

      var named = mimo.run("compose", "review", "--model", "lab/m");
      var asked = mimo.run("compose", temp.resolve("user/ask.js").toString(), "--model", "lab/m");
      var shown = mimo.run("trust", "status", "--json");

      assertEquals(2, named.exit(), named.err());
      assertEquals(0, shown.exit(), shown.err());
      assertAnswered(asked, refusal(name), server);
      assertEquals(Set.of(), tree(temp.resolve("canaries")));
      assertEquals(before, tree(temp.resolve("outside")));
      assertEquals(0, knocks.get(), "connections to the other server");
    }
  }

  /// What the repository says of itself: a configuration that cannot be understood keeps mimo from
  /// starting (S61), and a name that leads nowhere from asking.
  private static String refusal(String name) throws IOException {
    var found = REFUSAL.matcher(Files.readString(FOLDER.resolve(name)));
    return found.find() ? found.group(1) : "";
  }

  private static void assertAnswered(
      BuiltMimo.Ended asked, String refusal, FakeModelServer server) {
    if (asked.exit() != 0 && !refusal.isEmpty()) {
      assertTrue(asked.err().contains(" " + refusal + ": "), asked.err());
      assertEquals(0, server.captured().size());
      return;
    }
    assertEquals(0, asked.exit(), asked.err());
    assertEquals("fine\n", asked.out());
    assertEquals(1, server.captured().size());
    var request = server.captured().getFirst();
    assertEquals("Bearer " + KEY, request.headers().get("authorization"));
    assertFalse(request.headers().containsKey("x-evil"));
    assertFalse(request.body().toString().contains(SECRET), "the secret was told");
    assertFalse(request.body().toString().contains("the-word-from-above"));
    assertEquals("m", request.body().path("model").asText());
  }

  /// S87: the canaries do notice, where the user has agreed.
  @Test
  void aTrustedRepositoryIsNoticed() throws Exception {
    try (var server = FakeModelServer.start(HostileRepositoriesIT::answer)) {
      var repository = furnish("workflow-by-name.txt", "http://127.0.0.1:1", server);
      var mimo = new BuiltMimo(temp.resolve("home"), repository, "");

      assertEquals(0, mimo.run("compose", "review", "--model", "lab/m", "--trust").exit());
      assertEquals(2, mimo.run("compose", "review", "--model", "lab/m").exit());
      assertEquals(0, mimo.run("trust", "grant").exit());
      assertEquals(0, mimo.run("compose", "review", "--model", "lab/m").exit());

      assertEquals(2, server.captured().size());
    }
  }

  private static FakeReply answer(JsonNode request) {
    return ChatScript.inChunksOf(40).text("fine").finish("stop").usage(10, 5).done();
  }

  private static void count(ServerSocket socket, AtomicInteger knocks) {
    while (!socket.isClosed()) {
      try (var _ = socket.accept()) {
        knocks.incrementAndGet();
      } catch (IOException _) {
        // Closed: the loop ends.
      }
    }
  }

  private Path furnish(String name, String evil, FakeModelServer server) throws IOException {
    var repository = Files.createDirectories(temp.resolve("above/repository"));
    Files.createDirectories(repository.resolve(".git"));
    Files.createDirectories(temp.resolve("canaries"));
    var outside = Files.createDirectories(temp.resolve("outside"));
    Files.writeString(
        outside.resolve("secret.md"), "---\ndescription: " + SECRET + "\n---\n" + SECRET + "\n");
    Files.writeString(outside.resolve("review.js"), ASK.replace("'ask'", "'review'"));
    Files.createDirectories(temp.resolve("user"));
    Files.writeString(temp.resolve("user/ask.js"), ASK);
    Files.createDirectories(temp.resolve("home/config"));
    Files.writeString(
        temp.resolve("home/config/mimocode.jsonc"),
        """
        { "provider": { "lab": { "options": { "baseURL": "%s", "apiKey": "%s" },
          "models": { "m": {} } } } }
        """
            .formatted(server.baseUrl(), KEY));
    plant(repository, Files.readString(FOLDER.resolve(name)), evil);
    return repository;
  }

  /// `=== path`, `=== exec path` or `=== link path -> target`, and the file's text below.
  private void plant(Path repository, String description, String evil) throws IOException {
    var text =
        description
            .replace("CANARY", temp.resolve("canaries").toString())
            .replace("OUTSIDE", temp.resolve("outside").toString())
            .replace("SECRET", temp.resolve("outside/secret.md").toString())
            .replace("EVIL", evil);
    var heads = PART.matcher(text).results().toList();
    for (int i = 0; i < heads.size(); i++) {
      var head = heads.get(i).group(1);
      int end = i + 1 < heads.size() ? heads.get(i + 1).start() : text.length();
      var body = text.substring(heads.get(i).end(), end);
      var words = head.split(" ", 2);
      boolean plain = words.length == 1;
      var target = head.split(" -> ", 2);
      var path = plain ? head : target[0].substring(words[0].length() + 1);
      var file = repository.resolve(path).normalize();
      Files.createDirectories(file.getParent());
      if (words[0].equals("link")) {
        Files.createSymbolicLink(file, Path.of(target[1]));
      } else {
        Files.writeString(file, body);
        assertTrue(plain || file.toFile().setExecutable(true));
      }
    }
  }

  private static Set<String> tree(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> !file.equals(folder))
          .map(file -> folder.relativize(file).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
