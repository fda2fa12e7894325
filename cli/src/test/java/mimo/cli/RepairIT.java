package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import mimo.agent.testing.ChatScript;
import mimo.agent.testing.FakeModelServer;
import mimo.agent.testing.FakeReply;
import mimo.cli.testing.BuiltMimo;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A day's work in small: an agent of the built program finds why a test fails, mends it, and
/// checks that by running the tests, within the walls and with the permissions everybody has. Then
/// the user takes it all back.
@Timeout(300)
final class RepairIT {

  private static final Path RESOURCES = Path.of("src/test/resources").resolve("repair");

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path temp;
  private final List<String> results = new ArrayList<>();
  private Path workspace;
  private @Nullable FakeModelServer server;

  /// What the agent is scripted to do.
  ///
  /// @param tests the command that runs the tests
  /// @param file what it mends
  private record Script(String tests, String file, String wrong, String right) {

    ChatScript step(int number) {
      var chat = ChatScript.start();
      return switch (number) {
        case 0, 3 -> chat.toolCall("c" + number, "bash", json("command", tests));
        case 1 -> chat.toolCall("c1", "read", json("file_path", file));
        case 2 ->
            chat.toolCall(
                "c2", "edit", json("file_path", file, "old_string", wrong, "new_string", right));
        default -> chat.text("Fifty was one cent too dear. The tests pass now.");
      };
    }

    private static String json(String... pairs) {
      var json = JSON.createObjectNode();
      for (int i = 0; i < pairs.length; i += 2) {
        json.put(pairs[i], pairs[i + 1]);
      }
      return json.toString();
    }
  }

  @BeforeEach
  void make() throws IOException {
    workspace = Files.createDirectories(temp.toRealPath().resolve("shop"));
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static void needs(String program) {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/" + program)), program + " is not installed");
  }

  private FakeReply answer(Script script, JsonNode request) {
    int done = 0;
    for (var message : request.path("messages")) {
      if (message.path("role").asText().equals("tool")) {
        done++;
        if (done > results.size()) {
          results.add(message.path("content").asText());
        }
      }
    }
    return script.step(done).finish(done < 4 ? "tool_calls" : "stop").usage(100, 10).done();
  }

  /// The files but for those that git is told to ignore.
  private Map<String, String> files() throws IOException {
    var files = new TreeMap<String, String>();
    try (var all = Files.walk(workspace)) {
      for (var path : all.filter(Files::isRegularFile).toList()) {
        var name = workspace.relativize(path).toString();
        if (!name.startsWith(".git/") && !name.startsWith("target/")) {
          // Each byte is a character of its own.
          files.put(name, Files.readString(path, StandardCharsets.ISO_8859_1));
        }
      }
    }
    return files;
  }

  private void copy(Path from, Map<String, String> filled) throws Exception {
    try (var all = Files.walk(from)) {
      for (var path : all.filter(Files::isRegularFile).toList()) {
        var to = workspace.resolve(from.relativize(path).toString());
        Files.createDirectories(to.getParent());
        var text = Files.readString(path);
        for (var each : filled.entrySet()) {
          text = text.replace("@" + each.getKey() + "@", each.getValue());
        }
        Files.writeString(to, text);
      }
    }
    Files.writeString(workspace.resolve(".gitignore"), "target/\n");
    git("init", "-q");
    git("add", "-A");
    git("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-q", "-m", "first");
  }

  private void git(String... words) throws Exception {
    var command = new ArrayList<>(List.of("/usr/bin/git"));
    command.addAll(List.of(words));
    var process = new ProcessBuilder(command).directory(workspace.toFile()).inheritIO().start();
    assertEquals(0, process.waitFor());
  }

  private void repairs(Script script, String failure, String success, String readable)
      throws Exception {
    var before = files();
    var model = FakeModelServer.start(request -> answer(script, request));
    server = model;
    var configuration =
        """
        {"provider": {"test": {"options": {"baseURL": "%s", "apiKey": "test-key-0001"}}}%s}
        """
            .formatted(model.baseUrl(), readable);
    var mimo = new BuiltMimo(temp.toRealPath().resolve("home"), workspace, configuration);

    var ended = mimo.run("run", "A test fails. Mend it.", "--model", "test/m", "--json");

    assertEquals(0, ended.exit(), ended::err);
    assertEquals(List.of(), model.problems());
    assertTrue(results.getFirst().contains(failure), results::toString);
    assertTrue(results.getLast().contains(success), results::toString);
    assertTrue(Files.readString(workspace.resolve(script.file())).contains(script.right()));
    var session = ended.json().path("session").asText();
    assertNotEquals(before, files());

    var reverted = mimo.run("sessions", "revert", session);

    assertEquals(0, reverted.exit(), reverted::err);
    assertEquals(before, files());
  }

  @Test
  void findsMendsAndChecksAFailingTestOfAMavenProject() throws Exception {
    needs("bwrap");
    needs("mvn");
    var parent = Files.readString(Path.of("../pom.xml"));
    copy(
        RESOURCES.resolve("maven"),
        Map.of(
            "junit", version(parent, "<junit.version>([^<]+)<"),
            "resources", version(parent, "maven-resources-plugin</artifactId>\\s*<version>([^<]+)"),
            "compiler", version(parent, "maven-compiler-plugin</artifactId>\\s*<version>([^<]+)"),
            "surefire", version(parent, "maven-surefire-plugin</artifactId>\\s*<version>([^<]+)")));
    var repository = repository();

    repairs(
        new Script(
            "mvn -o -B -Dmaven.repo.local=" + repository + " test",
            "src/main/java/shop/Fee.java",
            "cents > 5_000",
            "cents >= 5_000"),
        "FeeTest.fiftyIsFree:11 expected: <0> but was: <490>",
        "BUILD SUCCESS",
        ", \"sandbox\": {\"read\": \"" + repository + "\"}");
  }

  private static String version(String pom, String pattern) {
    var found = Pattern.compile(pattern).matcher(pom);
    assertTrue(found.find(), pattern);
    return found.group(1);
  }

  /// Where the build that runs this test has its libraries from; they are all the fixture needs.
  private static Path repository() throws Exception {
    var jar = Path.of(Test.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    var repository = jar;
    for (var part : List.of("jar", "version", "artifact", "jupiter", "junit", "org")) {
      repository = repository.getParent();
      assertTrue(repository != null, part + " of " + jar);
    }
    return repository;
  }

  @Test
  void findsMendsAndChecksAFailingTestOfANodeProject() throws Exception {
    needs("bwrap");
    needs("node");
    copy(RESOURCES.resolve("node"), Map.of());

    repairs(
        new Script("node --test", "fee.js", "cents > 5000", "cents >= 5000"),
        "fail 1",
        "pass 2",
        "");
  }
}
