package mimo.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import mimo.agent.estimate.TokenEstimators;
import mimo.agent.history.History;
import mimo.agent.history.HistoryTool;
import mimo.agent.history.OwnMessages;
import mimo.agent.memory.Heard;
import mimo.agent.memory.MemoryTool;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.provider.ModelRequest;
import mimo.agent.rebuild.Knowledge;
import mimo.agent.rebuild.Rebuilding;
import mimo.agent.testing.Authorities;
import mimo.agent.testing.CountingModel;
import mimo.agent.testing.RecordedStep;
import mimo.agent.tool.ToolSpec;
import mimo.agent.tool.Toolbox;
import mimo.engine.ActivityResult;
import mimo.engine.StepKind;
import mimo.engine.redaction.Redactor;
import mimo.engine.session.Sessions;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.ManualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An agent of a workflow that looks back at what it is not sent any more (K17, K22).
@Timeout(60)
final class OwnHistoryTest {

  private static final int WINDOW = 16_000;
  private static final int LOOKS = 30;

  @TempDir private Path workspace;
  private final CountingModel model = new CountingModel(WINDOW, OwnHistoryTest::reply);

  /// It looks thirty times, and asks then what it saw at first.
  private static List<Content> reply(ModelRequest request) {
    int done = lastLook(request.messages());
    if (done < LOOKS) {
      return List.of(call("look" + (done + 1), "look", "{\"at\":\"" + (done + 1) + "\"}"));
    }
    return switch (asked(request.messages())) {
      case 0 ->
          List.of(call("back1", "history", "{\"action\":\"search\",\"query\":\"word7word\"}"));
      case 1 -> List.of(call("back2", "history", "{\"action\":\"around\",\"message\":\"look7\"}"));
      default -> List.of(new Content.Text("done"));
    };
  }

  private static Content call(String id, String tool, String arguments) {
    return new Content.ToolCall(id, tool, arguments);
  }

  private static int lastLook(List<Message> messages) {
    var text = messages.toString();
    int last = 0;
    for (int i = 1; i <= LOOKS; i++) {
      last = text.contains("look" + i + ",") || text.contains("number " + i + ".") ? i : last;
    }
    return last;
  }

  private static int asked(List<Message> messages) {
    var text = messages.toString();
    return text.contains("back2") ? 2 : text.contains("back1") ? 1 : 0;
  }

  private Toolbox tools() {
    var look =
        LoopStage.tool(
            "look",
            ToolSpec.Effect.READS,
            (input, _) -> {
              int at = Integer.parseInt(input.path("at").asText());
              return ("word" + at + "word. ")
                  + "nothing else here. ".repeat(120)
                  + "number "
                  + at
                  + ".";
            });
    var owner = new MemoryTool.Owner("r-1", () -> 1, Heard.before(List.of(), List.of()));
    var own = new OwnMessages("r-1", InstantSource.fixed(Instant.EPOCH), TurnWatch.NOBODY);
    var history =
        new History(
            () ->
                new Sessions(
                    () -> new InMemoryJournal(new InMemoryJournal.Disk(), Integer.MAX_VALUE),
                    _ -> Redactor.NONE,
                    _ -> Redactor.NONE,
                    new ManualClock(),
                    new Random(1)),
            "/w");
    return Toolbox.of(List.of(look, new HistoryTool(history, owner, own))).watchedBy(own);
  }

  private List<String> answers(String call) {
    var answers = new ArrayList<String>();
    for (var message : model.requests().getLast().messages()) {
      if (message instanceof Message.Tools(var all)) {
        all.stream()
            .filter(each -> each.call().equals(call))
            .forEach(each -> answers.add(each.text()));
      }
    }
    return answers;
  }

  @Test
  void findsWhatItSawBeforeARebuildByWordsAndByTheCallK22() throws Exception {
    var settings =
        AgentSettings.in(workspace)
            .withAuthority(Authorities.everything())
            .withRebuilding(
                new Rebuilding(
                    OptionalLong.empty(), new TokenEstimators(), _ -> Knowledge.NOTHING));
    var activity =
        new AgentActivity(
            settings,
            _ -> model.resolved(WINDOW),
            ToolSource.of(tools()),
            (_, _, _) -> {},
            () -> 0);

    var result =
        activity.perform(
            RecordedStep.request(StepKind.AGENT, "{\"prompt\":\"look around\"}"),
            new RecordedStep());

    assertInstanceOf(ActivityResult.Completed.class, result);
    assertEquals(List.of(), answers("look7"), "it was never rebuilt");
    assertTrue(answers("back1").getFirst().contains("result look"), answers("back1").toString());
    assertTrue(
        answers("back1").getFirst().contains("word7word. nothing else"),
        answers("back1").toString());
    assertTrue(
        answers("back2").getFirst().contains("word7word. nothing else"),
        answers("back2").toString());
    assertEquals(0, model.refusals());
  }
}
