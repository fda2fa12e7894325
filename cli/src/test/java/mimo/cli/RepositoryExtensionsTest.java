package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import mimo.agent.AgentEvent;
import mimo.agent.AgentLimits;
import mimo.agent.ConversationBudget;
import mimo.agent.message.Message;
import mimo.agent.message.Message.Status;
import mimo.agent.provider.ModelRequest;
import mimo.agent.session.SessionFact.Usual;
import mimo.cli.command.SessionDesk.Company;
import mimo.cli.command.SessionDesk.From;
import mimo.cli.command.SessionDesk.Manner;
import mimo.cli.command.SessionDesk.Order;
import mimo.cli.command.SessionDesk.Talk;
import mimo.cli.script.Admission;
import mimo.cli.terminal.Terminal.Channel;
import mimo.cli.testing.Admissions;
import mimo.cli.testing.TestStreams;
import mimo.cli.trust.Trust;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A repository that was made for Claude Code: it works as it is once it is trusted, and does
/// nothing before (A57, A89).
@Timeout(120)
final class RepositoryExtensionsTest {

  @TempDir Path temp;
  private Path workspace;
  private Path canaries;
  private Trust trust;

  @BeforeEach
  void furnish() throws IOException {
    var home = temp.toRealPath();
    workspace = Files.createDirectories(home.resolve("workspace"));
    canaries = Files.createDirectories(home.resolve("canaries"));
    trust = Admissions.real(home, new TestStreams().terminal(Channel.PIPE, Channel.PIPE));
    put("CLAUDE.md", "House rule: be brief.\n");
    put(
        ".claude/skills/release-notes/SKILL.md",
        "---\nname: release-notes\ndescription: Writes release notes.\n---\nBegin with breaks.\n");
    put(".claude/skills/release-notes/shape.md", "One line for each.\n");
    put(
        ".claude/commands/db/check.md",
        """
        ---
        description: Checks a table
        argument-hint: TABLE
        allowed-tools: Read, Bash(ls:*)
        ---
        Check the table $1 of $ARGUMENTS. See @CLAUDE.md and @.env and !`touch %s/shell`.
        """
            .formatted(canaries));
    put(".env", "KEY=not-for-models\n");
    put(".claude/agents/critic.md", "---\ndescription: Criticises.\n---\nYou criticise.\n");
    put(
        ".claude/hooks/guard.sh",
        """
        #!/bin/sh
        input=$(cat)
        echo "$input" >> "%s/guard.jsonl"
        case "$input" in
          *forbidden*) echo "not in this house" >&2; exit 2 ;;
        esac
        """
            .formatted(canaries));
    put(
        ".claude/settings.json",
        """
        {"hooks": {
          "SessionStart": [{"hooks": [
            {"type": "command", "command": "echo the branch is green"}]}],
          "UserPromptSubmit": [{"hooks": [{"type": "command", "command": "sh tools/greet.sh"}]}],
          "PreToolUse": [{"matcher": "Bash|Write", "hooks": [
            {"type": "command",
             "command": "sh \\"$CLAUDE_PROJECT_DIR\\"/.claude/hooks/guard.sh"}]}],
          "PostToolUse": [{"matcher": "Write", "hooks": [
            {"type": "command", "command": "echo formatted >> %1$s/after", "timeout": 5}]}],
          "Stop": [{"hooks": [{"type": "command", "command": "echo stop >> %1$s/stop"}]}],
          "SessionEnd": [{"hooks": [{"type": "command", "command": "echo end >> %1$s/end"}]}]}}
        """
            .formatted(canaries));
    put("tools/greet.sh", "echo said >> %s/prompt; echo \"it is late\"\n".formatted(canaries));
    put(
        ".mimocode/mimocode.json",
        """
        {"hooks": {"tool_after": [
          {"command": ["touch", "%s/own"], "tool": "write", "name": "own"}]}}
        """
            .formatted(canaries));
  }

  private void put(String name, String text) throws IOException {
    var file = workspace.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private JoinedAgent agent(Admission admission) throws IOException {
    return new JoinedAgent(temp, Map.of(), "{}", admission);
  }

  private List<String> touched() throws IOException {
    try (var files = Files.list(canaries)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void doesNothingBeforeItIsTrustedA57() throws Exception {
    var agent = agent(trust);
    agent.model.calls("c1", "write", "{\"file_path\":\"a.txt\",\"content\":\"forbidden\"}");
    agent.model.calls("c2", "skill", "{\"name\":\"release-notes\"}").says("done");

    var answers = agent.turn("hello");
    agent.desk().leave();

    assertEquals(List.of(Status.OK, Status.ERROR), statuses(answers));
    assertEquals("there is no skill 'release-notes'. There are no skills.", answers.get(1).text());
    var request = agent.model.requests().getFirst();
    assertFalse(request.system().contains("release-notes"), request.system());
    assertTrue(request.system().contains("be brief"), request.system());
    assertEquals("hello", prompt(request));
    assertEquals(List.of(), touched());
    assertEquals("mimo: " + Admission.LEFT_ASIDE + "\n", agent.notices());
    assertFalse(agent.agents().containsKey("critic"));
  }

  @Test
  void worksUnchangedOnceItIsTrustedA57() throws Exception {
    trust.grant(workspace, trust.standing(workspace));
    var agent = agent(trust);
    agent.model.calls("c1", "write", "{\"file_path\":\"a.txt\",\"content\":\"forbidden\"}");
    agent.model.calls("c2", "write", "{\"file_path\":\"a.txt\",\"content\":\"fine\"}");
    agent.model.calls("c3", "skill", "{\"name\":\"release-notes\"}");
    agent.model.calls("c4", "skill", "{\"name\":\"release-notes\",\"file\":\"shape.md\"}");
    agent.model.says("done");

    var answers = agent.turn("hello");
    agent.desk().leave();

    assertEquals(List.of(Status.DENIED, Status.OK, Status.OK, Status.OK), statuses(answers));
    assertEquals(
        "not run: denied by the hook 'guard.sh': not in this house", answers.get(0).text());
    assertEquals(
        """
        <skill name="release-notes" folder=".claude/skills/release-notes">
        Begin with breaks.
        </skill>
        Files beside it: shape.md\
        """,
        answers.get(2).text());
    assertEquals("One line for each.", answers.get(3).text());
    assertEquals("fine", Files.readString(workspace.resolve("a.txt")));
    var request = agent.model.requests().getFirst();
    assertTrue(
        request.system().contains("- release-notes: Writes release notes."), request.system());
    assertEquals(
        """
        hello

        <attached name="hook echo">
        the branch is green
        </attached>

        <attached name="hook greet.sh">
        it is late
        </attached>\
        """,
        prompt(request));
    assertEquals(List.of("after", "end", "guard.jsonl", "own", "prompt", "stop"), touched());
    assertTrue(agent.agents().containsKey("critic"));
    assertEquals("", agent.notices());
  }

  @Test
  void commandsBecomePromptsA38() throws Exception {
    trust.grant(workspace, trust.standing(workspace));
    var agent = agent(trust);
    agent.model.calls("c1", "bash", "{\"command\":\"ls\"}");
    agent.model.calls("c2", "bash", "{\"command\":\"touch x\"}");
    agent.model.calls("c3", "write", "{\"file_path\":\"a.txt\",\"content\":\"x\"}").says("done");

    var answers = agent.turn("/db:check users $ARGUMENTS @tools/greet.sh");

    var prompt = prompt(agent.model.requests().getFirst());
    assertTrue(
        prompt.startsWith(
            "Check the table users of users $ARGUMENTS @tools/greet.sh. See @CLAUDE.md and @.env"),
        prompt);
    assertTrue(prompt.contains("<attached name=\"CLAUDE.md\">\nHouse rule"), prompt);
    assertFalse(prompt.contains("not-for-models"), prompt);
    assertFalse(prompt.contains("echo said"), prompt);
    assertFalse(touched().contains("shell"));
    assertEquals(
        List.of("bash", "read"),
        agent.model.requests().getFirst().tools().stream()
            .map(tool -> tool.name())
            .sorted()
            .toList());
    assertEquals(Status.DENIED, answers.get(1).status());
    assertEquals(Status.ERROR, answers.get(2).status());
    var notices =
        agent.events.stream()
            .filter(AgentEvent.Notice.class::isInstance)
            .map(event -> ((AgentEvent.Notice) event).text())
            .collect(Collectors.joining("\n"));
    assertTrue(notices.contains("is not run, since no word of a prompt gets to a shell"), notices);
    assertTrue(notices.contains("@.env does not come along"), notices);
  }

  private static Talk turn(JoinedAgent agent, From from, @Nullable String as, String prompt)
      throws InterruptedException {
    var order =
        new Order(
            from,
            null,
            as,
            null,
            List.of(),
            AgentLimits.TURNS,
            ConversationBudget.NONE,
            prompt,
            Company.NONE);
    agent.events.clear();
    try (var talk = agent.desk().begin(order)) {
      talk.turn(CancellationToken.never(), agent.events::add);
      return talk;
    }
  }

  private static From again(Talk talk) {
    return new From.Named(talk.id().value(), Manner.ITSELF);
  }

  @Test
  void aCommandTakesNobodyOutOfPlanModeA40() throws Exception {
    put(".claude/commands/fix.md", "---\nagent: build\n---\nFix it.\n");
    trust.grant(workspace, trust.standing(workspace));
    Talk planned;
    try (var agent = agent(trust)) {
      agent.model.says("planned").calls("c1", "write", "{\"file_path\":\"a\",\"content\":\"x\"}");
      agent.model.says("fixed").calls("c2", "write", "{\"file_path\":\"a\",\"content\":\"x\"}");
      agent.model.says("again");
      planned = turn(agent, new From.Anew(), "plan", "hello");

      var fixed = turn(agent, again(planned), null, "/fix");

      assertEquals("build", fixed.agent());
      assertEquals(new Usual("plan", fixed.model()), fixed.usual());
      assertEquals("build", turn(agent, again(planned), null, "/fix").agent());
    }
    assertFalse(Files.exists(workspace.resolve("a")));

    try (var agent = agent(trust)) {
      agent.model.says("still here");

      assertEquals("plan", turn(agent, again(planned), null, "go on").agent());
    }
  }

  @Test
  void aCommandThatWantsAnotherAgentHasItForItsTurnAlone() throws Exception {
    put(".claude/commands/look.md", "---\nagent: plan\n---\nLook at it.\n");
    trust.grant(workspace, trust.standing(workspace));
    Talk begun;
    try (var agent = agent(trust)) {
      agent.model.says("one").says("two");
      begun = turn(agent, new From.Anew(), null, "hello");
      assertEquals("plan", turn(agent, again(begun), null, "/look").agent());
    }

    try (var agent = agent(trust)) {
      agent.model.calls("c1", "write", "{\"file_path\":\"a\",\"content\":\"x\"}").says("three");
      assertEquals("build", turn(agent, again(begun), null, "go on").agent());
    }
    assertTrue(Files.exists(workspace.resolve("a")));
  }

  @Test
  void whatIsSaidAtTheBeginningIsKeptForThePromptThatIsNotRefusedA87() throws Exception {
    put("tools/greet.sh", "case \"$(cat)\" in *refuse*) exit 2 ;; esac\n");
    trust.grant(workspace, trust.standing(workspace));
    Talk begun;
    try (var agent = agent(trust)) {
      agent.model.says("one");
      begun = turn(agent, new From.Anew(), null, "hello");
    }

    try (var agent = agent(trust)) {
      agent.model.says("two").says("three");
      turn(agent, again(begun), null, "refuse this");
      turn(agent, again(begun), null, "go on");
      turn(agent, again(begun), null, "go on");

      var requests = agent.model.requests();
      assertEquals(2, requests.size());
      assertTrue(prompt(requests.getFirst()).contains("the branch is green"));
      assertFalse(prompt(requests.getLast()).contains("the branch is green"));
    }
  }

  private static List<Status> statuses(List<Message.ToolAnswer> answers) {
    return answers.stream().map(Message.ToolAnswer::status).toList();
  }

  private static String prompt(ModelRequest request) {
    return ((Message.User) request.messages().getLast()).text();
  }
}
