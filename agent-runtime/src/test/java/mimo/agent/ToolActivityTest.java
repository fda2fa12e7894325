package mimo.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import mimo.agent.file.FileLocks;
import mimo.agent.file.FileReplacement;
import mimo.agent.file.PathGuard;
import mimo.agent.permission.Authority;
import mimo.agent.testing.Authorities;
import mimo.agent.testing.RecordedStep;
import mimo.agent.tool.EditTool;
import mimo.agent.tool.ReadTool;
import mimo.agent.tool.Readings;
import mimo.agent.tool.Tool;
import mimo.agent.tool.ToolSpec;
import mimo.agent.tool.Toolbox;
import mimo.agent.tool.WriteTool;
import mimo.engine.ActivityResult;
import mimo.engine.CancellationToken;
import mimo.engine.StepKind;
import mimo.engine.journal.SessionEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Tools that a script calls itself (L59).
@Timeout(60)
class ToolActivityTest {

  @TempDir Path folder;
  private Path workspace;
  private PathGuard guard;
  private int closed;

  @BeforeEach
  void make() throws IOException {
    workspace = Files.createDirectories(folder.toRealPath().resolve("workspace"));
    guard = PathGuard.over(workspace);
  }

  private ActivityResult call(Authority authority, String input, RecordedStep step)
      throws InterruptedException {
    var files = new FileReplacement(guard, new FileLocks(folder.resolve("locks")));
    ToolSource source =
        _ -> {
          var readings = new Readings();
          var tools = new ArrayList<Tool>();
          tools.add(new ReadTool(guard, readings));
          tools.add(new WriteTool(guard, files, readings));
          tools.add(new EditTool(guard, files, readings));
          tools.add(new Endless());
          return Toolbox.of(tools).closedBy(() -> closed++);
        };
    var activity = new ToolActivity(authority, source, () -> 0);
    return activity.perform(RecordedStep.request(StepKind.TOOL, input), step);
  }

  private ActivityResult call(String input) throws InterruptedException {
    return call(Authorities.everything(), input, new RecordedStep());
  }

  /// A tool that ends when it is made to.
  private static final class Endless implements Tool {
    @Override
    public ToolSpec spec() {
      return new ToolSpec("endless", "d", "{\"type\":\"object\"}", ToolSpec.Effect.CHANGES);
    }

    @Override
    public Result run(ObjectNode input, CancellationToken cancellation)
        throws InterruptedException {
      new CountDownLatch(1).await();
      return Result.ok("never");
    }
  }

  private static ActivityResult.Failed failed(String code, String message) {
    return new ActivityResult.Failed(code, message, "{}");
  }

  @Test
  void answersWithTheWordsOfTheTool() throws Exception {
    Files.writeString(workspace.resolve("a.txt"), "one\n");

    assertEquals(
        new ActivityResult.Completed("\"     1\\tone\\n(end of file, 1 lines)\"", "{}"),
        call("{\"tool\":\"read\",\"input\":{\"filePath\":\"a.txt\"}}"));
    assertEquals(1, closed);
  }

  @Test
  void aToolThatIsNotAllowedIsRefusedC43() throws Exception {
    Files.writeString(workspace.resolve(".env"), "KEY=1\n");
    var write = "{\"tool\":\"write\",\"input\":{\"file_path\":\"a\",\"content\":\"x\"}}";

    assertEquals(
        failed("permission_denied", "not run: denied by this agent only looks; it changes no file"),
        call(Authority.headless(workspace).readOnly(), write, new RecordedStep()));
    var asked =
        (ActivityResult.Failed)
            call(
                Authority.headless(workspace),
                "{\"tool\":\"read\",\"input\":{\"file_path\":\".env\"}}",
                new RecordedStep());
    assertEquals("permission_denied", asked.code());
    assertFalse(Files.exists(workspace.resolve("a")));
  }

  @Test
  void aMistakeOfTheScriptIsNoFailureOfTheTool() throws Exception {
    assertEquals(
        failed(
            "bad_argument",
            "tool: there is no tool \"shell\"; there are read, write, edit, endless"),
        call("{\"tool\":\"shell\",\"input\":{}}"));
    assertEquals(
        failed("bad_argument", "tool: read: 'file_path' is missing"),
        call("{\"tool\":\"read\",\"input\":{}}"));
  }

  @Test
  void whatGoesWrongInTheToolIsItsFailure() throws Exception {
    var result =
        (ActivityResult.Failed) call("{\"tool\":\"read\",\"input\":{\"file_path\":\"../x\"}}");

    assertEquals("tool_failed", result.code());
  }

  @Test
  void aScriptChangesAFileItHasNotReadA47() throws Exception {
    Files.writeString(workspace.resolve("a.txt"), "one\ntwo\n");

    call(
        """
        {"tool":"edit","input":{"file_path":"a.txt","old_string":"one","new_string":"1"}}\
        """);
    assertEquals("1\ntwo\n", Files.readString(workspace.resolve("a.txt")));
    call("{\"tool\":\"write\",\"input\":{\"file_path\":\"a.txt\",\"content\":\"all\"}}");

    assertEquals("all", Files.readString(workspace.resolve("a.txt")));
  }

  @Test
  void aCallThatWasCutOffIsNotMadeAgainD27() throws Exception {
    var step = new RecordedStep();
    step.session().holding(List.of(entry("tool_started", "{\"call\":\"call\"}")));

    var result =
        call(
            Authorities.everything(),
            "{\"tool\":\"write\",\"input\":{\"file_path\":\"a\",\"content\":\"x\"}}",
            step);

    assertEquals("tool_failed", ((ActivityResult.Failed) result).code());
    assertFalse(Files.exists(workspace.resolve("a")));
  }

  @Test
  void anAnswerThatWasStoredIsNotAskedForAgainD27() throws Exception {
    var step = new RecordedStep();
    var write = "{\"tool\":\"write\",\"input\":{\"file_path\":\"a\",\"content\":\"x\"}}";
    var first = call(Authorities.everything(), write, step);
    assertEquals(List.of("tool_started", "tool_result"), step.session().types());
    Files.delete(workspace.resolve("a"));

    assertEquals(first, call(Authorities.everything(), write, step));
    assertFalse(Files.exists(workspace.resolve("a")));
  }

  @Test
  void anInputWithAMarkOfASecretIsNotRun() throws Exception {
    assertEquals(
        failed("tool_failed", "not run: its input holds a mark in place of a secret"),
        call(
            """
            {"tool":"read","input":{"file_path":"[REDACTED:api-key:12ab]"}}\
            """));
  }

  @Test
  void aCallEndsWhenItsTimeIsOver() throws Exception {
    assertEquals(
        failed("tool_failed", "the tool did not end within 20 ms"),
        call("{\"tool\":\"endless\",\"input\":{},\"timeoutMs\":20}"));
    assertEquals(1, closed);
  }

  private static SessionEntry entry(String type, String json) {
    return new SessionEntry(type, json, Instant.EPOCH);
  }
}
