package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import mimo.agent.testing.ChatScript;
import mimo.agent.testing.FakeModelServer;
import mimo.agent.testing.FakeReply;
import mimo.cli.testing.BuiltMimo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Scripts of the built program whose agents work in worktrees, and which call tools themselves
/// (L59, L74).
@Timeout(300)
final class WorktreeRunsIT {

  private static final Path GIT = Path.of("/usr/bin/git");

  private static final String SCRIPT =
      """
      export const meta = { name: 'copies', description: 'lets agents work in copies' };
      const work = (label) => agent(`${label}: go on.`, { label, isolation: 'worktree' });
      const done = await parallel(args.map((label) => () => work(label)));
      const file = await tool('read', { file_path: 'file.txt' });
      const web = { definition: 'webfetch', args: { url: 'https://example.org/' } };
      const refused = await tool({ ...web, failureMode: 'settled' });
      return { done, file: file.includes('committed'), refused: refused.status };
      """;

  private final Semaphore arrived = new Semaphore(0);
  private volatile CountDownLatch open = new CountDownLatch(0);
  private @TempDir Path temp;
  private Path workspace;
  private FakeModelServer server;
  private BuiltMimo mimo;

  @BeforeEach
  void make() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(GIT), "git is not installed");
    server = FakeModelServer.start(this::answer);
    workspace = Files.createDirectories(temp.toRealPath().resolve("workspace"));
    Files.writeString(workspace.resolve("copies.js"), SCRIPT);
    Files.writeString(workspace.resolve("file.txt"), "committed\n");
    git("init", "-q");
    git("add", "-A");
    git("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-q", "-m", "first");
    var configuration =
        """
        {"provider": {"test": {"options": {"baseURL": "%s", "apiKey": "test-key-0001"}}}}
        """
            .formatted(server.baseUrl());
    mimo = new BuiltMimo(temp.toRealPath().resolve("home"), workspace, configuration);
  }

  @AfterEach
  void stop() {
    open.countDown();
    if (server != null) {
      server.close();
    }
  }

  private String git(String... words) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(GIT.toString()));
    command.addAll(List.of(words));
    var process =
        new ProcessBuilder(command).directory(workspace.toFile()).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said.strip();
  }

  private List<String> branches() throws Exception {
    return git("branch", "--list", "mimo/*", "--format=%(refname:short)").lines().sorted().toList();
  }

  private long worktrees() throws Exception {
    return git("worktree", "list").lines().count() - 1;
  }

  /// What is called `changed` or `failed` writes a file before it ends.
  private FakeReply answer(JsonNode request) {
    var messages = request.path("messages");
    var task = messages.path(1).path("content").asText().replaceFirst(":.*", "");
    boolean first = messages.size() == 2;
    if (!task.equals("clean") && first) {
      var file = "{\"file_path\":\"new.txt\",\"content\":\"by " + task + "\"}";
      return ChatScript.start()
          .toolCall("c1", "write", file)
          .finish("tool_calls")
          .usage(10, 5)
          .done();
    }
    if (task.equals("failed")) {
      return FakeReply.plain(400, "{\"error\":{\"message\":\"this cannot be answered\"}}");
    }
    if (task.equals("changed")) {
      arrived.release();
      await(open);
    }
    return ChatScript.start().text("done").finish("stop").usage(10, 5).done();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String[] compose(String labels) {
    return new String[] {
      "compose", "copies.js", "--args", labels, "--model", "test/m", "--allow-losses", "--json"
    };
  }

  @Test
  void keptWhenChangedAndRemovedWhenCleanOrFailedC48() throws Exception {
    var ended = mimo.run(compose("[\"changed\", \"clean\", \"failed\"]"));

    assertEquals(0, ended.exit(), ended::err);
    assertEquals(
        "{\"done\":[\"done\",\"done\",null],\"file\":true,\"refused\":\"denied\"}",
        ended.json().path("result").toString());
    var branch = "mimo/" + ended.json().path("run").asText() + "-1";
    assertEquals(List.of(branch), branches());
    assertEquals(1, worktrees());
    assertFalse(Files.exists(workspace.resolve("new.txt")));
    var show = mimo.run("runs", "show", ended.json().path("run").asText());
    assertTrue(show.out().contains("changes on the branch " + branch + ", in "), show::out);
    assertTrue(show.out().contains("✗ #5 tool webfetch  permission_denied: "), show::out);
  }

  /// Kills the program while its agent waits for the model, with a file written.
  private String killed() throws Exception {
    open = new CountDownLatch(1);
    var running = mimo.start(compose("[\"changed\"]"));
    arrived.acquire();
    running.killAlone();
    open.countDown();
    var runs = mimo.run("runs", "list", "--json");
    return runs.json().path("runs").path(0).path("run").asText();
  }

  @Test
  void aResumedRunGoesOnInTheWorktreeThatAKillLeft() throws Exception {
    var run = killed();
    assertEquals(1, worktrees());
    var other = mimo.run(compose("[\"clean\"]"));
    assertEquals(0, other.exit(), other::err);

    var ended = mimo.run("runs", "resume", run, "--json");

    assertEquals(0, ended.exit(), ended::err);
    assertEquals("[\"done\"]", ended.json().path("result").path("done").toString());
    assertEquals(List.of("mimo/" + run + "-1"), branches());
    assertEquals(1, worktrees());
    assertEquals(List.of(), server.problems());
  }

  @Test
  void whatARunThatNobodyCanResumeLeftIsKeptAndTold() throws Exception {
    var run = killed();
    assertEquals(0, mimo.run("runs", "rm", run).exit());

    var next = mimo.run(compose("[\"clean\"]"));

    assertEquals(0, next.exit(), next::err);
    assertTrue(
        next.err().contains("A run that was cut off left changes on the branch mimo/" + run + "-1"),
        next::err);
    assertEquals(List.of("mimo/" + run + "-1"), branches());
    assertEquals(0, mimo.run(compose("[\"clean\"]")).exit());
    assertEquals(1, worktrees());
  }
}
