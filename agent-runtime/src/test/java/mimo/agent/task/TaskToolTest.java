package mimo.agent.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import mimo.agent.AgentLimits;
import mimo.agent.json.Json;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.message.Message.Status;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.TokenUsage;
import mimo.agent.session.SessionFact;
import mimo.agent.tool.Tool.Result;
import mimo.agent.tool.Toolbox;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// T1 to T3, T6, A42.
final class TaskToolTest {

  private final TaskTool tool = TaskTool.empty();

  private Result run(String input) {
    return run(tool, input);
  }

  private static Result run(TaskTool tool, String input) {
    return called(tool, json(input));
  }

  private static Result called(TaskTool tool, String arguments) {
    try {
      return tool.run((ObjectNode) Json.parse(arguments), CancellationToken.never());
    } catch (InterruptedException nobodyDoes) {
      throw new AssertionError(nobodyDoes);
    }
  }

  /// `action id title`, or `create parent title` with `-` for no parent.
  private static String json(String words) {
    var parts = words.split(" ", 3);
    var input = Json.object().put("action", parts[0]);
    if (parts.length > 1 && !parts[1].equals("-")) {
      input.put(parts[0].equals("create") ? "parent" : "id", parts[1]);
    }
    if (parts.length > 2) {
      input.put("title", parts[2]);
    }
    return input.toString();
  }

  @Test
  void keepsATreeAndShowsWhatEachCallDid() {
    assertEquals(Result.ok("(no tasks)"), run("list"));
    assertEquals(Result.ok("T1 open: Build it\n(1 open)"), run("create - Build  it"));
    assertEquals(Result.ok("  T1.1 open: Read\n(2 open)"), run("create T1 Read"));
    run("create - Test it");
    run("create T1 Write");
    assertEquals(Result.ok("  T1.1 in_progress: Read\n(3 open, 1 in_progress)"), run("start T1.1"));
    run("done T1.1");
    run("rename T1.2 Write it");

    assertEquals(
        Result.ok("T1 open: Build it\n  T1.1 done: Read\n  T1.2 open: Write it\nT2 open: Test it"),
        run("list"));
    assertEquals(
        Result.ok("T1 open: Build it\n  T1.1 done: Read\n  T1.2 open: Write it"), run("get T1"));
  }

  @Test
  void aParentIsNotDoneBeforeItsPartsT2() {
    Stream.of("create - a", "create T1 b", "create T1 c", "done T1.1").forEach(this::run);

    assertEquals(Result.error("T1 is not done while there is more to do: T1.2"), run("done T1"));
    run("abandon T1.2");
    assertEquals(Result.ok("T1 done: a\n(2 done, 1 abandoned)"), run("done T1"));
    assertEquals(Result.error("T1 is done"), run("create T1 more"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          unstart              | T1 is open and cannot become open
          start,start          | T1 is in_progress and cannot become in_progress
          block,done           | T1 is blocked and cannot become done
          done,start           | T1 is done and cannot become in_progress; more work is a new task
          abandon,unblock      | T1 is abandoned and cannot become open; more work is a new task
          """)
  void refusesWhatDoesNotFollowT1(String actions, String why) {
    run("create - a");
    var last = Result.ok("");
    for (var action : actions.split(",", -1)) {
      last = run(action + " T1");
    }

    assertEquals(Result.error(why), last);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
"""
          create           | a task needs a title
          rename T1        | a task needs a title
          create T9 x      | there is no task 'T9' to be its parent
          done T9          | there is no task 'T9'; there are T1
          finish T1        | there is no action 'finish'; there are create, list, get, start, \
unstart, block, unblock, done, abandon, rename
""")
  void saysWhatIsWrongWithACall(String call, String why) {
    run("create - a");

    assertEquals(Result.error(why), run(call));
  }

  @Test
  void hasItsLimits() {
    assertEquals(
        Result.error("the title has more than 200 characters"), run("create - " + "x".repeat(201)));
    run("create - a");
    var id = "T1";
    for (int depth = 1; depth < AgentLimits.TASK_DEPTH; depth++) {
      run("create " + id + " a");
      id += ".1";
    }
    assertEquals(Result.error("tasks nest no more than 8 deep"), run("create " + id + " a"));
    for (int count = AgentLimits.TASK_DEPTH; count < AgentLimits.TASKS; count++) {
      run("create - a");
    }
    assertEquals(Result.error("there are 1000 tasks already"), run("create - a"));
  }

  @Test
  void modelsFindItByTheNameTheyKnowFromElsewhere() {
    var tools = Toolbox.of(List.of(tool));

    assertEquals(tool, tools.find("todo").orElseThrow());
    assertEquals(List.of("task"), tools.names());
  }

  /// T6: whatever is called, the list of a session that goes on is the list it had.
  @Test
  void aSessionThatGoesOnHasItsListAgainFromItsCalls() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    var messages = new ArrayList<Message>();
    var facts = new ArrayList<SessionFact>();
    for (int call = 0; call < 2_000; call++) {
      var arguments = call % 50 == 49 ? "{no json" : json(order(random));
      var id = "c" + call;
      var content = List.<Content>of(new Content.ToolCall(id, name(random), arguments));
      var result = call % 50 == 49 ? Result.error("no JSON") : called(tool, arguments);
      var answer = new Message.ToolAnswer(id, result.text(), result.status());
      messages.add(new Message.Model(content));
      messages.add(new Message.Tools(List.of(answer)));
      facts.add(new SessionFact.TurnReceived(content, Finish.TOOL_CALLS, TokenUsage.NONE));
      facts.add(new SessionFact.ToolEnded(answer, Duration.ZERO));
    }

    assertEquals(tool.toString(), TaskTool.after(messages, List.of()).toString(), "seed " + seed);
    assertEquals(tool.toString(), TaskTool.after(List.of(), facts).toString(), "seed " + seed);
    assertInvariants(tool.toString(), seed);
    facts.add(new SessionFact.AttemptStarted("again"));
    assertEquals("(no tasks)", TaskTool.after(List.of(), facts).toString());
  }

  private static String name(Random random) {
    return random.nextInt(10) == 0 ? "todo" : "task";
  }

  private static String order(Random random) {
    var actions = TaskList.ACTIONS;
    var action = random.nextInt(3) == 0 ? "create" : actions.get(random.nextInt(actions.size()));
    var id =
        "T" + (1 + random.nextInt(6)) + (random.nextBoolean() ? "." + (1 + random.nextInt(3)) : "");
    return action + " " + (random.nextInt(4) == 0 ? "-" : id) + " title " + random.nextInt(9);
  }

  /// No done task has a part that is not over, and no id is there twice.
  private static void assertInvariants(String list, long seed) {
    Map<String, String> states = new HashMap<>();
    for (var line : list.lines().toList()) {
      var words = line.strip().split("[ :]+", 3);
      assertFalse(states.containsKey(words[0]), "seed " + seed);
      states.put(words[0], words[1]);
    }
    states.forEach((id, state) -> {
      int dot = id.lastIndexOf('.');
      var parent = dot < 0 ? "" : states.get(id.substring(0, dot));
      boolean over = state.equals("done") || state.equals("abandoned");
      assertFalse("done".equals(parent) && !over, "seed " + seed + ": " + id);
    });
  }

  @Test
  void aCallWithoutAnAnswerDidNothing() {
    var call = new Content.ToolCall("c1", "task", json("create - a"));
    var refused = new Message.ToolAnswer("c1", "cut off", Status.ERROR);

    assertEquals(
        "(no tasks)",
        TaskTool.after(
                List.of(new Message.Model(List.of(call)), new Message.Tools(List.of(refused))),
                List.of())
            .toString());
  }
}
