package mimo.agent;

import static mimo.agent.testing.VotingModel.call;
import static mimo.agent.testing.VotingModel.taking;
import static mimo.agent.testing.VotingModel.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.Price;
import mimo.agent.provider.TokenUsage;
import mimo.agent.session.FactCodec;
import mimo.agent.session.SessionFact.TurnReceived;
import mimo.agent.testing.Authorities;
import mimo.agent.testing.RecordedStep;
import mimo.agent.testing.VotingModel;
import mimo.agent.testing.VotingModel.Speaking;
import mimo.agent.tool.ToolSpec.Effect;
import mimo.agent.tool.Toolbox;
import mimo.engine.ActivityResult;
import mimo.engine.StepKind;
import mimo.engine.journal.SessionEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What Max Mode promises, counted (X9).
@Timeout(120)
class MaxProofTest {

  private static final System.Logger LOG = System.getLogger(MaxProofTest.class.getName());
  private static final Price PRICE = new Price(3_000_000, 15_000_000, 300_000);
  private static final int STEPS = 1_000;
  private static final int STEPS_OF_ONE = 50;
  private static final int ROUNDS = 100;

  @TempDir Path workspace;
  private final List<String> deeds = Collections.synchronizedList(new ArrayList<>());

  private ActivityResult perform(VotingModel model, String max, RecordedStep step)
      throws InterruptedException {
    var tool =
        LoopStage.tool(
            "change",
            Effect.CHANGES,
            (input, _) -> {
              deeds.add(input.path("at").asText());
              return "did " + input.path("at").asText();
            });
    var activity =
        new AgentActivity(
            AgentSettings.in(workspace).withAuthority(Authorities.everything()),
            _ -> model.resolved(),
            ToolSource.of(Toolbox.of(List.of(tool))),
            (_, _, _) -> {},
            () -> 0);
    var input = "{\"prompt\":\"the task\",\"max\":" + max + "}";
    return activity.perform(RecordedStep.request(StepKind.AGENT, input), step);
  }

  private static VotingModel model(Speaking speaking, UnaryOperator<String> judging) {
    return new VotingModel(speaking, judging, PRICE);
  }

  private static int answers(ModelRequest request) {
    return (int) request.messages().stream().filter(Message.Tools.class::isInstance).count();
  }

  private static TokenUsage usage(Random random) {
    int input = 500 + random.nextInt(5_000);
    int output = 1 + random.nextInt(900);
    return new TokenUsage(input, output, output / 3, random.nextInt(input));
  }

  /// Calls for a change that nobody else calls for, until there were `steps` of them.
  private static Speaking changing(int steps, Random random) {
    return (number, request) ->
        answers(request) == steps
            ? text("done", usage(random))
            : call("c" + answers(request), "change", at(number), usage(random));
  }

  private static String at(int number) {
    return "{\"at\":\"" + number + "\"}";
  }

  private static List<TurnReceived> turns(List<SessionEntry> entries) {
    return entries.stream()
        .map(FactCodec::read)
        .filter(TurnReceived.class::isInstance)
        .map(TurnReceived.class::cast)
        .toList();
  }

  private static List<String> called(List<TurnReceived> turns) {
    return turns.stream()
        .flatMap(turn -> turn.content().stream())
        .filter(Content.ToolCall.class::isInstance)
        .map(piece -> ((Content.ToolCall) piece).arguments().replaceAll("\\D", ""))
        .toList();
  }

  @Test
  void noToolEverRunsForACandidateThatWasNotChosenX9() throws InterruptedException {
    var random = new Random(19);
    int candidates = 0;

    for (int run = 0; run < STEPS / STEPS_OF_ONE; run++) {
      deeds.clear();
      int n = 2 + random.nextInt(8);
      var step = new RecordedStep();
      var model =
          model(
              changing(STEPS_OF_ONE, random),
              question -> "{\"choice\": %d, \"reason\": \"so\"}".formatted(1 + random.nextInt(n)));

      assertInstanceOf(ActivityResult.Completed.class, perform(model, String.valueOf(n), step));

      var turns = turns(step.session().recorded());
      assertEquals(called(turns), deeds, "run " + run);
      assertEquals(STEPS_OF_ONE, deeds.size());
      candidates += model.asked().size();
    }

    LOG.log(
        System.Logger.Level.INFO,
        "X9: {0} steps with {1} candidates; tools run for losers: 0",
        STEPS,
        candidates);
  }

  @Test
  void theChoiceFollowsTheJudgeHoweverManyCandidatesAreRightX9() throws InterruptedException {
    var chosen = new int[6];
    for (int right = 0; right <= 5; right++) {
      for (int round = 0; round < ROUNDS; round++) {
        int k = right;
        int shift = round;
        var model =
            model(
                (number, _) ->
                    text(
                        ((number + shift) % 5 < k ? "right " : "wrong ") + number,
                        new TokenUsage(10, 1, 0, 0)),
                taking("right"));

        var result = perform(model, "5", new RecordedStep());

        var value = assertInstanceOf(ActivityResult.Completed.class, result).value();
        chosen[right] += value.startsWith("\"right") ? 1 : 0;
        var shown = VotingModel.shown(model.judged().getFirst());
        var taken =
            shown.stream()
                .filter(words -> words.startsWith("right"))
                .findFirst()
                .orElse(shown.getFirst());
        assertEquals("\"" + taken + "\"", value);
      }
    }

    LOG.log(
        System.Logger.Level.INFO,
        "X9: right in 0 to 5 of 5, chosen right: {0} {1} {2} {3} {4} {5} of {6} each",
        chosen[0],
        chosen[1],
        chosen[2],
        chosen[3],
        chosen[4],
        chosen[5],
        ROUNDS);
    assertEquals(0, chosen[0]);
    for (int right = 1; right <= 5; right++) {
      assertEquals(ROUNDS, chosen[right], right + " of 5");
    }
  }

  @Test
  void overheadAndRepliesAreTogetherWhatTheProviderCountedX9() throws InterruptedException {
    var random = new Random(5);
    long overhead = 0;
    long all = 0;
    for (int run = 0; run < 20; run++) {
      var step = new RecordedStep();
      var model = model(changing(10, random), taking("\"" + run));

      perform(model, String.valueOf(2 + run % 8), step);

      var counted = model.used().stream().mapToLong(PRICE::microUsd).sum();
      var judges = (long) model.judged().size();
      var charged = step.charged();
      assertEquals(counted, charged.get("cost_micro_usd"));
      assertEquals(model.asked().size() + judges, charged.get("requests"));
      long replies = 0;
      for (var turn : turns(step.session().recorded())) {
        replies += PRICE.microUsd(turn.usage());
      }
      var beside = Objects.requireNonNull(charged.get("overhead_cost_micro_usd"));
      assertEquals(counted, replies + beside);
      overhead += beside;
      all += counted;
    }
    LOG.log(
        System.Logger.Level.INFO,
        "X9: {0} micro-USD counted by the provider, {1} of them overhead, 0 missing",
        all,
        overhead);
  }

  @Test
  void aStepThatHasItsReplyIsNeverSampledAgainWhereverTheProcessIsKilledX8()
      throws InterruptedException {
    int steps = 4;
    var whole = new RecordedStep();
    perform(model(changing(steps, new Random(1)), taking("1")), "3", whole);
    var entries = whole.session().recorded();
    int sampledAgain = 0;
    int repeated = 0;

    for (int cut = 1; cut < entries.size(); cut++) {
      var known = entries.subList(0, cut);
      var before = turns(known);
      deeds.clear();
      var step = new RecordedStep();
      step.session().holding(known);
      var model = model(changing(steps, new Random(1)), taking("1"));

      perform(model, "3", step);

      int fresh = steps + 1 - before.size();
      sampledAgain += Math.max(0, model.asked().size() - 3 * fresh);
      var after = turns(step.session().recorded());
      assertEquals(before, after.subList(0, before.size()), "cut " + cut);
      assertEquals(steps + 1, after.size(), "cut " + cut);
      var ended =
          known.stream().filter(entry -> entry.type().equals("tool_result")).toList().size();
      repeated += Math.max(0, deeds.size() - (steps - ended));
      assertTrue(after.stream().allMatch(turn -> turn.choice() != null));
    }

    LOG.log(
        System.Logger.Level.INFO,
        "X8: killed at each of {0} appends; steps sampled again: {1}, calls run again: {2}",
        entries.size() - 1,
        sampledAgain,
        repeated);
    assertEquals(0, sampledAgain);
    assertEquals(0, repeated);
  }

  @Test
  void whatIsRecordedOfCandidatesHoldsNoSecretX8() throws InterruptedException {
    var step = new RecordedStep();
    step.session().redacting(json -> json.replace("hunter2", "[REDACTED:live-value:00ff]"));
    var model =
        model(
            (number, _) -> text("the key " + number + " is hunter2", new TokenUsage(10, 1, 0, 0)),
            taking("key 1"));

    var result = perform(model, "3", step);

    var recorded = step.session().recorded().toString();
    assertTrue(!recorded.contains("hunter2"), recorded);
    var choice = Objects.requireNonNull(turns(step.session().recorded()).getFirst().choice());
    assertEquals(3, choice.candidates().size());
    assertEquals(
        "\"the key 1 is [REDACTED:live-value:00ff]\"",
        assertInstanceOf(ActivityResult.Completed.class, result).value());
  }

  @Test
  void aStepWhoseCandidatesAreStillOnTheirWayIsStoppedAtOnceX1() throws Exception {
    var step = new RecordedStep();
    var hanging = new mimo.agent.testing.ScriptedProvider().hangs().hangs().hangs();
    var activity =
        new AgentActivity(
            AgentSettings.in(workspace),
            _ -> hanging.resolved(),
            ToolSource.of(Toolbox.of(List.of())),
            (_, _, _) -> {},
            () -> 0);
    var canceller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                hanging.awaitHanging();
                while (hanging.requests().size() < 3) {
                  Thread.onSpinWait();
                }
                step.cancel();
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              }
            });

    var result =
        activity.perform(
            RecordedStep.request(StepKind.AGENT, "{\"prompt\":\"p\",\"max\":3}"), step);
    canceller.join();

    assertEquals(new ActivityResult.Cancelled(), result);
    assertEquals(3, hanging.requests().size());
  }
}
