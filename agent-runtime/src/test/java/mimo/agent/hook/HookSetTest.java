package mimo.agent.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mimo.agent.AgentLimits;
import mimo.agent.ToolSource.Who;
import mimo.agent.command.ChildEnvironment;
import mimo.agent.command.Commands;
import mimo.agent.command.Unconfined;
import mimo.agent.hook.Hook.Dialect;
import mimo.agent.hook.Hook.Origin;
import mimo.agent.json.Json;
import mimo.agent.tool.HookAnswer;
import mimo.agent.tool.HookAnswer.Word;
import mimo.agent.tool.HookMoment;
import mimo.agent.tool.HookMoment.ToolUse;
import mimo.agent.tool.Tool;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A86 to A88: hooks as processes.
@Timeout(60)
final class HookSetTest {

  private static final Who WHO = new Who("f00d", "build", Who.Kind.USERS);
  private static final HookMoment BEFORE =
      new HookMoment.ToolBefore(
          new ToolUse("c1", "bash", "{\"command\":\"echo hunter2\",\"n\":1}"));
  private static final HookMoment AFTER =
      new HookMoment.ToolAfter(
          new ToolUse("c1", "edit", "{\"file_path\":\"a.txt\"}"), Tool.Result.ok("done"));
  private static final HookMoment PROMPT = new HookMoment.Prompt("do it");

  @TempDir Path folder;
  private final List<Hook> hooks = new ArrayList<>();
  private final Commands commands =
      new Commands(
          new Unconfined(Path.of("/usr/bin/setsid")),
          new ChildEnvironment(Map.of("PATH", "/usr/bin:/bin"), List.of()),
          2);

  @AfterEach
  void close() {
    commands.close();
  }

  private HookSetTest hook(HookEvent event, String script) {
    return hook(event, script, "");
  }

  /// A hook in the words of mimo that is one line of a shell.
  private HookSetTest hook(HookEvent event, String script, String rest) {
    var list =
        "[{\"command\":[\"sh\",\"-c\",%s],\"name\":\"h%d\"%s}]"
            .formatted(Json.quote(script), hooks.size() + 1, rest);
    var origin = new Origin("my.json", Dialect.MIMO, HookGuard.NONE);
    hooks.addAll(HookSettings.read(event.word(), list, origin));
    return this;
  }

  private HookSetTest claude(String event, String command) {
    var text =
        """
        {"hooks":{"%s":[{"matcher":"Bash|Edit","hooks":[{"type":"command","command":%s}]}]}}
        """
            .formatted(event, Json.quote(command));
    var read = ClaudeSettings.read(text, Path.of("/bin/sh"), "settings.json", HookGuard.NONE);
    assertEquals(List.of(), read.notices());
    hooks.addAll(read.hooks());
    return this;
  }

  private HookAnswer tell(HookMoment moment) throws InterruptedException {
    return tell(moment, WHO);
  }

  private HookAnswer tell(HookMoment moment, Who who) throws InterruptedException {
    var process =
        new HookProcess(commands, folder, name -> Optional.of(Path.of("/bin").resolve(name)));
    return HookSet.of(hooks, process, text -> text.replace("hunter2", "***"))
        .by(who, folder)
        .tell(moment, CancellationToken.never());
  }

  private static String failure(String why) {
    return "the hook 'h1' (my.json) " + why;
  }

  @Test
  void aHookReadsOneRedactedObjectA86() throws Exception {
    hook(HookEvent.TOOL_BEFORE, "cat > seen.json");

    assertEquals(HookAnswer.NOTHING, tell(BEFORE));

    assertEquals(
        """
        {"v":1,"event":"tool_before","session":"f00d","agent":"build","cwd":"%s",\
        "data":{"call":"c1","tool":"bash","input":{"command":"echo ***","n":1}}}
        """
            .formatted(folder),
        Files.readString(folder.resolve("seen.json")));
  }

  @Test
  void itRunsInTheWorkspaceWithTheFewVariablesOfAllChildrenA88() throws Exception {
    hook(
        HookEvent.PROMPT,
        "pwd > where; env | grep -v -e ^PWD -e ^SHLVL -e ^_= | cut -d= -f1 > env");

    tell(PROMPT);

    assertEquals(folder.toRealPath() + "\n", Files.readString(folder.resolve("where")));
    assertEquals(
        List.of("MIMO_COMMAND", "PATH"),
        Files.readAllLines(folder.resolve("env")).stream().sorted().toList());
  }

  @Test
  void decisionsNarrowAndContextIsToldA86() throws Exception {
    hook(HookEvent.TOOL_BEFORE, "echo '{\"decision\":\"ask\",\"reason\":\"is it safe?\"}'");
    hook(HookEvent.TOOL_BEFORE, "echo '{\"context\":\"on the main branch\"}'");
    hook(HookEvent.TOOL_BEFORE, "echo '{\"decision\":\"allow\"}'");

    assertEquals(
        new HookAnswer(
            Word.ASK,
            "the hook 'h1': is it safe?",
            List.of(new HookAnswer.Context("h2", "on the main branch")),
            List.of()),
        tell(BEFORE));
  }

  @Test
  void theyRunInOrderAndTheFirstThatRefusesIsTheLastA85() throws Exception {
    hook(HookEvent.PROMPT, "echo 1 >> order");
    hook(HookEvent.PROMPT, "echo 2 >> order; echo 'not now' >&2; exit 2");
    hook(HookEvent.PROMPT, "echo 3 >> order");

    assertEquals(HookAnswer.deny("the hook 'h2': not now"), tell(PROMPT));
    assertEquals(List.of("1", "2"), Files.readAllLines(folder.resolve("order")));
  }

  @Test
  void aPatternSaysWhichToolsItIsAboutA85() throws Exception {
    hook(HookEvent.TOOL_BEFORE, "touch ran", ",\"tool\":\"edit|mcp_*\"");

    tell(BEFORE);

    assertFalse(Files.exists(folder.resolve("ran")));
  }

  @Test
  void whatGoesWrongIsANoticeAndBeforeACallADenialA87() throws Exception {
    for (var script :
        List.of(
            "echo 'no such rule' >&2; exit 1",
            "echo nonsense",
            "echo '[]'",
            "echo '{\"decision\":\"perhaps\"}'",
            "echo '{\"decision\":{\"deny\":true}}'",
            "echo '{\"decision\":null}'",
            "echo '{\"decision\":\"deny\",\"reason\":1}'",
            "echo '{\"permission\":\"deny\"}'",
            "head -c 60000 /dev/zero")) {
      hooks.clear();
      hook(HookEvent.TOOL_BEFORE, script);
      var denied = tell(BEFORE);
      assertEquals(Word.DENY, denied.word(), script);
      assertEquals(List.of(denied.reason()), denied.notices());

      hooks.clear();
      hook(HookEvent.PROMPT, script);
      var told = tell(PROMPT);
      assertEquals(Word.PASS, told.word(), script);
      assertEquals(denied.notices(), told.notices());
    }
    hooks.clear();
    hook(HookEvent.STOP, "echo 'no such rule' >&2; exit 1");
    assertEquals(
        HookAnswer.notice(failure("ended with exit code 1: no such rule")),
        tell(new HookMoment.Stop("\"x\"", 0)));
  }

  @Test
  void exitCodeTwoRefusesOnlyWhatCanBeRefusedA87() throws Exception {
    hook(HookEvent.TOOL_AFTER, "echo late >&2; exit 2");

    assertEquals(HookAnswer.notice(failure("ended with exit code 2: late")), tell(AFTER));
  }

  @Test
  void aHookThatTakesTooLongIsEndedWithAllItStartedA88() throws Exception {
    hook(HookEvent.TOOL_BEFORE, "sleep 300 & echo $! > pid; sleep 300", ",\"timeout\":1");

    var answer = tell(BEFORE);

    assertEquals(failure("was stopped after 1 s, its time limit"), answer.reason());
    long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
    long end = System.nanoTime() + 10_000_000_000L;
    while (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()
        && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertTrue(ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void aHookThatReadsNothingIsToldALongTextAllTheSame() throws Exception {
    hook(HookEvent.PROMPT, "exit 0");

    assertEquals(HookAnswer.NOTHING, tell(new HookMoment.Prompt("x".repeat(1_000_000))));
  }

  @Test
  void whatAHookSaysIsCutA86() throws Exception {
    hook(
        HookEvent.PROMPT,
        "printf '{\"context\":\"'; head -c 40000 /dev/zero | tr '\\0' x; printf '\"}'");

    var context = tell(PROMPT).contexts().getFirst().text();

    assertTrue(context.length() < AgentLimits.HOOK_CONTEXT_CHARS + 100, context);
    assertTrue(context.endsWith("characters)"), context);
  }

  @Test
  void aGuardIsAskedBeforeEachRunA89() throws Exception {
    hook(HookEvent.TOOL_BEFORE, "touch ran");
    hooks.set(0, hooks.getFirst().guardedBy(() -> Optional.of("x.sh has changed")));

    assertEquals(failure("is not run: x.sh has changed"), tell(BEFORE).reason());
    assertFalse(Files.exists(folder.resolve("ran")));
  }

  @Test
  void hooksOfClaudeReadWhatTheyKnow() throws Exception {
    claude("PreToolUse", "cat > before.json");
    claude("PostToolUse", "cat > after.json");

    tell(BEFORE);
    tell(AFTER);

    assertEquals(
        """
        {"session_id":"f00d","transcript_path":"","cwd":"%1$s","permission_mode":"default",\
        "hook_event_name":"PreToolUse","tool_name":"Bash","tool_use_id":"c1",\
        "tool_input":{"command":"echo ***","n":1}}
        """
            .formatted(folder),
        Files.readString(folder.resolve("before.json")));
    assertEquals(
        """
        {"session_id":"f00d","transcript_path":"","cwd":"%1$s","permission_mode":"default",\
        "hook_event_name":"PostToolUse","tool_name":"Edit","tool_use_id":"c1",\
        "tool_input":{"file_path":"%1$s/a.txt"},"tool_response":"done"}
        """
            .formatted(folder),
        Files.readString(folder.resolve("after.json")));
  }

  @Test
  void hooksOfClaudeNarrowAndNeverAllow() throws Exception {
    var decision =
        """
        echo '{"hookSpecificOutput":
          {"permissionDecision":"%s","permissionDecisionReason":"so"}}'
        """;
    claude("PreToolUse", decision.formatted("allow"));
    assertEquals(HookAnswer.NOTHING, tell(BEFORE));

    claude("PreToolUse", decision.formatted("ask"));
    assertEquals(HookAnswer.ask("the hook 'echo': so"), tell(BEFORE));

    claude("PreToolUse", decision.formatted("deny"));
    assertEquals(HookAnswer.deny("the hook 'echo': so"), tell(BEFORE));
  }

  @Test
  void hooksOfClaudeBlockAndTell() throws Exception {
    claude("UserPromptSubmit", "echo plain words");
    claude("PostToolUse", "echo 'lint failed' >&2; exit 2");
    claude("Stop", "echo '{\"decision\":\"block\",\"reason\":\"tests first\"}'");
    claude("SubagentStop", "touch sub");

    assertEquals(HookAnswer.context("echo", "plain words\n"), tell(PROMPT));
    assertEquals(HookAnswer.context("echo", "lint failed\n"), tell(AFTER));
    var stop = new HookMoment.Stop("\"x\"", 0);
    assertEquals(HookAnswer.deny("the hook 'echo': tests first"), tell(stop));
    assertFalse(Files.exists(folder.resolve("sub")));
    assertEquals(HookAnswer.NOTHING, tell(stop, new Who("f00d", "explore", Who.Kind.SUBAGENT)));
    assertTrue(Files.exists(folder.resolve("sub")));
  }

  @Test
  void aHookOfClaudeThatWantsAnotherInputRefusesTheCall() throws Exception {
    claude("PreToolUse", "echo '{\"hookSpecificOutput\":{\"updatedInput\":{\"command\":\"ls\"}}}'");

    assertEquals(Word.DENY, tell(BEFORE).word());
  }

  @Test
  void whatAHookOfClaudeSaysWronglyIsADenial() throws Exception {
    for (var said :
        List.of(
            "{\"decision\":[\"block\"]}",
            "{\"decision\":\"deny\"}",
            "{\"continue\":\"false\"}",
            "{\"hookSpecificOutput\":\"deny\"}",
            "{\"hookSpecificOutput\":{\"permissionDecision\":{\"deny\":1}}}")) {
      hooks.clear();
      claude("PreToolUse", "echo '" + said + "'");
      assertEquals(Word.DENY, tell(BEFORE).word(), said);
    }
  }
}
