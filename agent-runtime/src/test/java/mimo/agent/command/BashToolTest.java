package mimo.agent.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mimo.agent.file.PathGuard;
import mimo.agent.json.Json;
import mimo.agent.tool.Arguments;
import mimo.agent.tool.Need;
import mimo.agent.tool.Tool.Result;
import mimo.engine.CancellationToken;
import mimo.engine.testing.Patience;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BashToolTest {

  @TempDir Path folder;
  private Sandboxes box;
  private Commands commands;
  private BashTool tool;

  @BeforeEach
  void make() throws IOException {
    box = new Sandboxes(folder);
    use(box.plain());
  }

  private void use(Commands other) throws IOException {
    commands = other;
    var session =
        new BashTool.Session(
            commands, new Jobs(commands), CommandOrder.Access.WRITABLE, HeadAndTail::new, () -> "");
    tool = new BashTool(PathGuard.over(box.workspace), Sandboxes.BASH, () -> session);
  }

  @AfterEach
  void end() {
    commands.close();
  }

  private Result call(String arguments) throws InterruptedException {
    return switch (Arguments.read(tool.spec(), arguments)) {
      case Arguments.Fit(var input) -> tool.run(input, CancellationToken.never());
      case Arguments.Unfit(var fault) -> Result.error(fault);
    };
  }

  @Test
  void returnsTheOutput() throws Exception {
    assertEquals(Result.ok("hello\n"), call("{\"command\":\"echo hello\"}"));
    assertEquals(Result.ok("(no output, exit code 0)"), call("{\"command\":\"true\"}"));
  }

  @Test
  void codeOtherThanZeroIsAnError() throws Exception {
    assertEquals(Result.error("what\n(exit code 2)"), call("{\"command\":\"echo what; exit 2\"}"));
    assertEquals(
        Result.error("(exit code 143, ended by signal 15)"), call("{\"command\":\"kill $$\"}"));
  }

  @Test
  void saysWhenItsTimeIsOver() throws Exception {
    assertEquals(
        Result.error(
            "a\n(stopped after 1 s, its time limit; at most timeout: 600, or background: true)"),
        call("{\"command\":\"echo a; sleep 60\",\"timeout\":1}"));
  }

  @Test
  void runsInAFolderOfTheWorkspaceOnly() throws Exception {
    Files.createDirectories(box.workspace.resolve("sub"));
    Files.writeString(box.workspace.resolve("file"), "");
    Files.createSymbolicLink(box.workspace.resolve("out"), box.home);

    assertEquals(
        Result.ok(box.workspace + "/sub\n"), call("{\"command\":\"pwd\",\"workdir\":\"sub\"}"));
    assertEquals(
        Result.error("path_escape: 'out' leads out of the workspace"),
        call("{\"command\":\"pwd\",\"workdir\":\"out\"}"));
    assertEquals(
        Result.error("path_escape: '/etc' is absolute; paths are relative to the workspace"),
        call("{\"command\":\"pwd\",\"workdir\":\"/etc\"}"));
    assertEquals(
        Result.error("'file' is no folder to run in"),
        call("{\"command\":\"pwd\",\"workdir\":\"file\"}"));
    assertEquals(
        Result.error("the folder 'none' does not exist"),
        call("{\"command\":\"pwd\",\"workdir\":\"none\"}"));
  }

  @Test
  void readsNoStartFilesOfTheShell() throws Exception {
    Files.writeString(box.home.resolve(".bashrc"), "echo start");

    assertEquals(Result.ok("x\n"), call("{\"command\":\"echo x\"}"));
  }

  @Test
  void jobIsStartedLookedAtAndEnded() throws Exception {
    var started = call("{\"command\":\"echo up; sleep 60\",\"background\":true}");
    assertTrue(started.text().startsWith("job-1 runs in the background"), started.text());
    var running = Result.ok("up\n(job-1 is running)");
    Patience.until(() -> call("{\"job\":\"job-1\"}").equals(running));

    assertEquals(Result.ok("up\n(stopped)"), call("{\"job\":\"job-1\",\"action\":\"kill\"}"));
    assertEquals(Result.ok("up\n(stopped)"), call("{\"job\":\"job-1\"}"));
    assertEquals(Result.error("there is no job 'job-2'"), call("{\"job\":\"job-2\"}"));
  }

  @Test
  void jobsHaveALimit() throws Exception {
    for (int i = 0; i < mimo.agent.AgentLimits.BACKGROUND_JOBS; i++) {
      call("{\"command\":\"sleep 60\",\"background\":true}");
    }

    assertEquals(
        Result.error("8 jobs run in the background, which is the most; kill one first"),
        call("{\"command\":\"sleep 60\",\"background\":true}"));
  }

  @Test
  void refusesACallWithoutSense() throws Exception {
    assertEquals(Result.error("there is no command"), call("{}"));
    assertEquals(
        Result.error("the command holds a NUL character"), call("{\"command\":\"a\\u0000b\"}"));
    assertEquals(
        Result.error("give a command or a job, not both"),
        call("{\"command\":\"a\",\"job\":\"b\"}"));
  }

  @Test
  void needsTheCommandAndItsNetwork() {
    var input = Json.object().put("command", "curl x").put("network", true);

    assertEquals(List.of(new Need.Command("curl x", true)), tool.needs(input));
    assertEquals(
        List.of(new Need.Command("ls", false, "web/")),
        tool.needs(Json.object().put("command", "ls").put("workdir", "web/")));
    assertEquals(
        List.of(new Need.Command("ls", false)),
        tool.needs(Json.object().put("command", "ls").put("workdir", ".")));
    assertEquals(List.of(new Need.Use()), tool.needs(Json.object().put("job", "job-1")));
  }

  @Test
  void sandboxedFailureNamesTheRemedy() throws Exception {
    commands.close();
    box.guard("AGENTS.md");
    use(box.confined());

    var network = call("{\"command\":\"echo curl: (6) Could not resolve host: x; exit 6\"}");
    var protectedName = call("{\"command\":\"echo x > AGENTS.md\"}");
    var readOnly = call("{\"command\":\"touch /usr/x\"}");

    assertTrue(network.text().contains("network: true"), network.text());
    assertTrue(protectedName.text().contains("Use write or edit"), protectedName.text());
    assertTrue(readOnly.text().contains("only the workspace and /tmp"), readOnly.text());
  }
}
