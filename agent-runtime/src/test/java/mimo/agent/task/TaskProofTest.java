package mimo.agent.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import mimo.agent.json.Json;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.message.Message.ToolAnswer;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.TokenUsage;
import mimo.agent.session.SessionFact;
import mimo.agent.tool.Tool.Result;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.Test;

/// The list of tasks under everything that can be asked of it (T1 to T3, T6).
final class TaskProofTest {

  private static final List<String> ACTIONS =
      List.of("create", "start", "unstart", "block", "unblock", "done", "abandon", "rename", "get");

  private static ObjectNode action(String action, String id, String title) {
    var input = Json.object().put("action", action);
    if (action.equals("create")) {
      input.put("title", title);
      if (!id.isEmpty()) {
        input.put("parent", id);
      }
    } else {
      input.put("id", id);
      if (action.equals("rename")) {
        input.put("title", title);
      }
    }
    return input;
  }

  private static ObjectNode drawn(Random random, TaskTool tool) {
    if (random.nextInt(8) == 0) {
      var batch = Json.object();
      var list = batch.putArray("batch");
      for (int at = 0; at <= random.nextInt(4); at++) {
        list.add(one(random, tool));
      }
      return batch;
    }
    return one(random, tool);
  }

  private static ObjectNode one(Random random, TaskTool tool) {
    var ids = tool.tree().items().stream().map(TaskTree.Item::id).toList();
    var known = ids.isEmpty() ? "" : ids.get(random.nextInt(ids.size()));
    var id = random.nextInt(10) == 0 ? "T99" : known;
    var kind = ACTIONS.get(random.nextInt(ACTIONS.size()));
    var parent = kind.equals("create") && random.nextBoolean() ? "" : id;
    return action(kind, parent, "task " + random.nextInt(100));
  }

  @Test
  void tenThousandSequencesKeepEveryRuleAndAreRebuiltAsTheyWereT6() throws Exception {
    int applied = 0;
    for (int seed = 0; seed < 10_000; seed++) {
      var random = new Random(seed);
      var tool = TaskTool.empty();
      var facts = new ArrayList<SessionFact>();
      var ever = new HashSet<String>();
      for (int step = 0; step < 12; step++) {
        var before = tool.tree();
        var input = drawn(random, tool);
        var result = tool.run(input, CancellationToken.never());
        record(facts, "c" + step, input, result);
        var after = tool.tree();
        if (result.status() != Message.Status.OK) {
          assertEquals(before, after, "seed " + seed + ": what is refused changes nothing");
        } else {
          applied++;
        }
        check(before, after, ever, "seed " + seed);
      }
      assertEquals(tool.tree(), TaskTree.of(facts), "seed " + seed + facts);
    }
    System.out.println("tasks: 10000 sequences, " + applied + " actions took effect");
  }

  private static void record(List<SessionFact> facts, String id, ObjectNode input, Result result) {
    facts.add(
        new SessionFact.TurnReceived(
            List.of(new Content.ToolCall(id, "task", Json.write(input))),
            Finish.TOOL_CALLS,
            TokenUsage.NONE));
    facts.add(
        new SessionFact.ToolEnded(
            new ToolAnswer(id, result.text(), result.status()), Duration.ZERO));
  }

  /// No id comes twice, what is over stays so, and nothing is done while a part of it is not.
  private static void check(TaskTree before, TaskTree after, Set<String> ever, String when) {
    var ids = new HashSet<String>();
    for (var item : after.items()) {
      assertTrue(ids.add(item.id()), when + ": " + item.id() + " twice");
      boolean over = item.state().equals("done");
      for (var part : after.items()) {
        boolean within =
            part.id().startsWith(item.id() + ".")
                && part.id().indexOf('.', item.id().length() + 1) < 0;
        boolean open = !part.state().equals("done") && !part.state().equals("abandoned");
        assertTrue(!over || !within || !open, when + ": " + item + " with " + part);
      }
    }
    for (var item : before.items()) {
      var now = after.items().stream().filter(each -> each.id().equals(item.id())).findFirst();
      assertTrue(now.isPresent(), when + ": " + item.id() + " is gone");
      if (item.state().equals("done") || item.state().equals("abandoned")) {
        assertEquals(item.state(), now.get().state(), when);
      }
    }
    ever.addAll(ids);
  }

  @Test
  void aBatchIsDoneWhollyOrNotAtAllT3() throws Exception {
    var tool = TaskTool.empty();
    var batch = Json.object();
    batch
        .putArray("batch")
        .add(action("create", "", "one"))
        .add(action("create", "T1", "part"))
        .add(action("done", "T1", ""));

    var refused = tool.run(batch, CancellationToken.never());

    assertEquals(Message.Status.ERROR, refused.status());
    assertEquals(
        "nothing of the batch was done, for its number 3: T1 is not done while there is more to"
            + " do: T1.1",
        refused.text());
    assertEquals("(no tasks)", tool.toString());

    batch.withArray("batch").remove(2);
    tool.run(batch, CancellationToken.never());
    assertEquals("T1 open: one\n  T1.1 open: part", tool.toString());
  }
}
