package mimo.agent.goal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import mimo.agent.TurnOutcome;
import mimo.agent.json.Json;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.Provider;
import mimo.agent.provider.StreamListener;
import mimo.agent.provider.TokenUsage;
import mimo.agent.session.GoalFact.Tests;
import mimo.engine.CancellationToken;
import mimo.engine.EngineException;
import mimo.engine.SessionId;
import mimo.engine.testing.InMemoryJournal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Goals over the end of a process, and over a thousand sessions in which anything may happen.
@Timeout(120)
final class GoalKillTest {

  static final TokenUsage USAGE = new TokenUsage(10, 1, 0, 0);

  static final Goal CHECKED =
      Goal.ofUser("the tests pass", List.of("out.txt says green"), Tests.GUARDED);

  @TempDir Path folder;

  /// A model that is a function of what it is told.
  record Model(Function<ModelRequest, ModelReply> reply) implements Provider {
    @Override
    public String id() {
      return "model";
    }

    @Override
    public ModelReply ask(
        ModelRequest request, StreamListener listener, CancellationToken cancellation) {
      return reply.apply(request);
    }
  }

  static ModelReply says(String text) {
    return new ModelReply.Completed(List.of(new Content.Text(text)), Finish.STOP, USAGE);
  }

  /// Runs the tests once, and, when it is sent back, again: then all of them pass. What it ends
  /// with says which of the two it has seen.
  private static ModelReply worker(ModelRequest request) {
    var messages = request.messages();
    if (messages.getLast() instanceof Message.Tools(var answers)) {
      return says(answers.getLast().text().startsWith("12") ? "all pass" : "done but for one");
    }
    boolean back = messages.getLast().toString().contains("The goal is not met yet.");
    var call =
        new Content.ToolCall(
            "call" + messages.size(),
            "bash",
            Json.write(Json.object().put("command", "count " + (back ? "12" : "11"))));
    return new ModelReply.Completed(List.of(call), Finish.TOOL_CALLS, USAGE);
  }

  static ModelReply judge(ModelRequest request) {
    var all = "12 of 12 tests passed";
    var shown = Json.parse(((Message.User) request.messages().getFirst()).text());
    boolean met = false;
    for (var piece : shown.path("transcript")) {
      met |= piece.path("from").asText().equals("tool") && piece.path("text").asText().equals(all);
    }
    return says(
        met
            ? GoalStage.verdict(true, false, "all pass", all)
            : GoalStage.verdict(false, false, "one is missing"));
  }

  /// The tests cannot be run here, whatever the agent does.
  private static ModelReply resigned(ModelRequest request) {
    var shown = Json.parse(((Message.User) request.messages().getFirst()).text());
    for (var piece : shown.path("transcript")) {
      var text = piece.path("text").asText();
      if (piece.path("from").asText().equals("tool") && text.endsWith("of 12 tests passed")) {
        return says(GoalStage.verdict(false, true, "one needs a network", text));
      }
    }
    return says(GoalStage.verdict(false, false, "nothing was run"));
  }

  @Test
  void whereverTheProcessIsKilledTheGateGoesOnWhereItWasG8() throws Exception {
    killedEverywhere(GoalKillTest::judge, new TurnOutcome.Answered("\"all pass\""));
  }

  @Test
  void whereverTheProcessIsKilledAnImpossibleGoalIsNoSuccessG8() throws Exception {
    killedEverywhere(
        GoalKillTest::resigned,
        new TurnOutcome.Failed(
            "goal_not_met", "the goal is impossible: one needs a network", null));
  }

  /// Everything is cut off after the n-th record, and another process goes on with what is left.
  private void killedEverywhere(Function<ModelRequest, ModelReply> judge, TurnOutcome expected)
      throws Exception {
    int cut = 1;
    int went = 0;
    for (boolean whole = false; !whole; cut++) {
      var when = "cut at " + cut;
      var judged = Collections.synchronizedList(new ArrayList<String>());
      var stage = new GoalStage(folder.resolve("cut" + cut));
      stage.thinker = new Model(GoalKillTest::worker);
      stage.ruler =
          new Model(request -> {
            judged.add("asked");
            return judge.apply(request);
          });
      stage.file("out.txt", "green");
      var disk = new InMemoryJournal.Disk();
      int limit = cut;
      SessionId id;
      try (var sessions = stage.sessions(() -> new InMemoryJournal(disk, limit));
          var session = sessions.create("{}")) {
        id = session.id();
        try {
          var conversation = stage.conversation(session);
          GoalStage.pursue(conversation, CHECKED);
          assertEquals(expected, stage.ask(conversation, "make them pass"));
          whole = true;
        } catch (EngineException power) {
          assertEquals("store_failed", power.code(), when);
        }
      }
      try (var later = stage.sessions(() -> new InMemoryJournal(disk, Integer.MAX_VALUE))) {
        if (later.keeper().list().isEmpty()) {
          continue;
        }
        try (var session = later.open(id)) {
          var again = stage.conversation(session);
          if (again.unanswered().isEmpty()) {
            continue;
          }
          int before = again.goal().reentries();
          var outcome = again.goOn(CancellationToken.never(), _ -> {});

          assertEquals(expected, outcome, when);
          assertTrue(before <= again.goal().reentries(), when);
          // A call that was cut off proves nothing: the agent is sent back to make it again.
          assertTrue(again.goal().reentries() <= 2, when);
          // One verdict may have been heard and not written down; one check in the same way.
          assertTrue(judged.size() <= 4, when + ": the judge was asked " + judged.size());
          assertTrue(stage.shells.ran().size() <= 4, when + ": checks ran " + stage.shells.ran());
          went++;
        }
      }
    }
    System.out.println(
        "goal: killed after each of %d records, went on %d times, the counter never went back"
            .formatted(cut - 2, went));

    assertTrue(went > 5, "went on only " + went + " times");
  }

  @Test
  void ofAThousandSessionsNoneGoesOnForEverG7() throws Exception {
    int met = 0;
    int most = 0;
    for (int seed = 0; seed < 1_000; seed++) {
      var random = new Random(seed);
      var asked = new ArrayList<String>();
      var stage = new GoalStage(folder.resolve("seed" + seed));
      stage.most = random.nextInt(5);
      stage.file("out.txt", random.nextInt(4) == 0 ? "red" : "green");
      stage.thinker =
          new Model(request -> {
            asked.add("asked");
            return random.nextBoolean() && !(request.messages().getLast() instanceof Message.Tools)
                ? worker(request)
                : says("done " + random.nextInt());
          });
      stage.ruler =
          new Model(request -> {
            return switch (random.nextInt(6)) {
              case 0 -> new ModelReply.Faulted("provider_unreachable", "down");
              case 1 -> says("perhaps");
              case 2 -> says(GoalStage.verdict(true, false, "met", "12 of 12 tests passed"));
              default -> says(GoalStage.verdict(false, false, "not yet"));
            };
          });
      var disk = new InMemoryJournal.Disk();
      try (var sessions = stage.sessions(() -> new InMemoryJournal(disk, Integer.MAX_VALUE));
          var session = sessions.create("{}")) {
        var conversation = stage.conversation(session);
        GoalStage.pursue(conversation, CHECKED);
        var outcome = stage.ask(conversation, "make them pass");
        if (outcome instanceof TurnOutcome.Answered) {
          met++;
        } else {
          var code = assertInstanceOf(TurnOutcome.Failed.class, outcome).code();
          assertTrue(List.of("goal_not_met", "goal_unverified", "guard").contains(code), code);
        }
        most = Math.max(most, asked.size());
        assertTrue(asked.size() <= 2 * (stage.most + 2), "seed " + seed + ": " + asked.size());
      }
    }
    System.out.println(
        "goal: 1000 seeded sessions, 0 for ever, at most %d requests, %d met".formatted(most, met));
  }
}
