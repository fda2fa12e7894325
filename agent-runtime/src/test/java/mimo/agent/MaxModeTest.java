package mimo.agent;

import static mimo.agent.testing.VotingModel.call;
import static mimo.agent.testing.VotingModel.taking;
import static mimo.agent.testing.VotingModel.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import mimo.agent.estimate.RequestEstimate;
import mimo.agent.estimate.TokenEstimator;
import mimo.agent.maxmode.Choice;
import mimo.agent.maxmode.Choice.How;
import mimo.agent.maxmode.MaxMode;
import mimo.agent.maxmode.MaxMode.Policy;
import mimo.agent.maxmode.MaxStep;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.Provider;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.StreamListener;
import mimo.agent.provider.TokenUsage;
import mimo.agent.session.SessionFact;
import mimo.agent.testing.RecordedStep;
import mimo.agent.testing.VotingModel;
import mimo.agent.testing.VotingModel.Speaking;
import mimo.agent.tool.ToolSpec;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// One step after the other in Max Mode (X1 to X7).
@Timeout(60)
class MaxModeTest extends MaxStage {

  @Test
  void asksForAllCandidatesInTheVerySameWordsX1() throws InterruptedException {
    var model = model((number, request) -> changesOnce(number, answered(request)), taking("\"3\""));

    run(model, MaxMode.USUAL);

    var step = model.asked().subList(0, 5);
    assertEquals(1, step.stream().distinct().count());
    assertEquals(1.0, step.getFirst().temperature());
    assertEquals(List.of("look", "change"), names(step.getFirst()));
    assertEquals(10, model.asked().size());
  }

  private static List<String> names(ModelRequest request) {
    return request.tools().stream().map(ToolSpec::name).toList();
  }

  @Test
  void runsTheToolsOfTheChosenCandidateAloneAndKeepsTheOthersOutX3() throws InterruptedException {
    var model = model((number, request) -> changesOnce(number, answered(request)), taking("\"3\""));

    var outcome = run(model, MaxMode.USUAL);

    assertEquals(new AgentOutcome.Answered("\"done\""), outcome);
    assertEquals(List.of("change \"3\""), deeds);
    var later = model.asked().getLast().messages();
    assertEquals(3, later.size());
    var losers = later.toString();
    for (var other : List.of("\"0\"", "\"1\"", "\"2\"", "\"4\"")) {
      assertTrue(!losers.contains(other), losers);
    }
  }

  @Test
  void showsTheJudgeTaskConstraintsContextAndAllCandidatesWithoutToolsX2()
      throws InterruptedException {
    var model = model((number, request) -> changesOnce(number, answered(request)), taking("\"3\""));

    run(model, MaxMode.USUAL);

    var judged = model.judged().getFirst();
    assertEquals(List.of(), judged.tools());
    assertEquals(0.0, judged.temperature());
    var question = judged.messages().getFirst().toString();
    assertTrue(question.contains("the task") && question.contains("system"), question);
    var shown = VotingModel.shown(judged);
    assertEquals(
        List.of("0", "1", "2", "3", "4"),
        shown.stream().map(words -> words.replaceAll("\\D", "")).sorted().toList());
  }

  @Test
  void theJudgeIsShownWhatWasAskedLastAndNotOnlyWhatCameWithItX2() throws InterruptedException {
    var model = model((number, request) -> changesOnce(number, answered(request)), taking("\"3\""));
    var log = new SessionFact.Attached("log.txt", "noise ".repeat(20_000));
    var asked = new SessionFact.Asked("Find out why it fails.", List.of(log)).words();
    var rules = "Use tabs. ".repeat(1_000) + "Never touch the vault. " + "Be brief. ".repeat(1_000);

    run(model, MaxMode.USUAL, step, rules, List.of("memory ".repeat(10_000), asked));

    var question = model.judged().getFirst().messages().getFirst().toString();
    assertTrue(question.contains("\nFind out why it fails.\n"), question.substring(0, 200));
    assertTrue(question.contains("Never touch the vault."), "the middle of the rules is missing");
    assertTrue(question.contains("<attached name=\"log.txt\""), "what came with it is missing");
  }

  @Test
  void aJudgeThatGaveNoVerdictIsToldWhyAndNotAskedTheSameAgainX4() throws InterruptedException {
    var model =
        model(
            (number, request) -> changesOnce(number, answered(request)),
            question ->
                question.endsWith(
                        "You were asked before, and gave no verdict: the judge gave no JSON"
                            + " object.")
                    ? taking("\"3\"").apply(question)
                    : "the third is best");

    run(model, MaxMode.USUAL);

    assertEquals(How.JUDGED, choices().getFirst().how());
    assertEquals(List.of("change \"3\""), deeds);
    assertEquals(null, model.judged().getLast().temperature());
  }

  @Test
  void aJudgeThatTakesNoTemperatureIsGivenNoneFromThenOnX4() throws InterruptedException {
    var temperatures = new ArrayList<Double>();
    var voting =
        model(
            (number, request) ->
                number < 10
                    ? call("c" + number, "change", "{\"at\":\"" + number + "\"}", ONE)
                    : text("done", ONE),
            taking("\"3\""));
    Provider picky =
        new Provider() {
          @Override
          public String id() {
            return voting.id();
          }

          @Override
          public ModelReply ask(
              ModelRequest request, StreamListener ears, CancellationToken cancellation)
              throws InterruptedException {
            boolean judges = request.tools().isEmpty();
            if (judges) {
              temperatures.add(request.temperature());
            }
            return judges && request.temperature() != null
                ? new ModelReply.Faulted("provider_request", "400: temperature is not supported")
                : voting.ask(request, ears, cancellation);
          }
        };

    run(picky, MaxMode.USUAL, step, "system", List.of("the task"));

    assertEquals(Arrays.asList(0.0, null, null), temperatures);
    assertEquals(
        List.of(How.JUDGED, How.JUDGED, How.AGREED), choices().stream().map(Choice::how).toList());
  }

  @Test
  void whatIsChosenIsHeardAfterTheChoiceAsItIsRecordedA11() throws InterruptedException {
    for (var scene : Scene.values()) {
      events.clear();
      var model =
          model(
              (number, _) ->
                  scene == Scene.ORDINARY && number < 5
                      ? new ModelReply.Faulted("provider_server", "500")
                      : text("done " + (scene == Scene.AGREED ? "" : number), ONE),
              taking("done 3"));
      var in = scene == Scene.ALONE ? new RecordedStep("output_tokens", 1_000) : step;

      run(model, MaxMode.USUAL, in);

      var kinds = events.stream().map(event -> event.getClass().getSimpleName()).distinct();
      assertEquals(
          List.of(
              "AgentStart",
              "StepStart",
              "CandidatesStart",
              "CandidatesEnd",
              "TextStart",
              "TextDelta",
              "TextEnd",
              "StepEnd",
              "AgentEnd"),
          kinds.toList(),
          scene.toString());
    }
  }

  private enum Scene {
    JUDGED,
    AGREED,
    ORDINARY,
    ALONE
  }

  @Test
  void aCandidateIsHeardOfOnceASecondHoweverSlowItSpeaksL76() throws InterruptedException {
    var now = new AtomicLong();
    Provider slow =
        new Provider() {
          @Override
          public String id() {
            return "slow";
          }

          @Override
          public ModelReply ask(
              ModelRequest request, StreamListener ears, CancellationToken cancellation) {
            for (int i = 0; i < 10; i++) {
              ears.text("word ");
              now.addAndGet(500_000_000L);
            }
            return text("done", ONE);
          }
        };
    var heard = new ArrayList<AgentEvent>();
    var means =
        new MaxStep.Means(
            new Resolution.Resolved(slow, "model", PRICE),
            List.of("the task"),
            _ -> true,
            new RequestEstimate(new TokenEstimator()),
            now::get,
            _ -> {});
    var request = new ModelRequest("model", "s", List.of(), List.of(), OptionalLong.empty(), null);
    var costs =
        new StepMeter(
            new RecordedStep("output_tokens", 1_000), means.model(), Overshoot.ONE_REQUEST);

    new MaxStep(MaxMode.USUAL, means, costs, heard::add)
        .ask(request, new StepEvents(heard::add, now::get), CancellationToken.never());

    long signs = heard.stream().filter(AgentEvent.CandidateHeard.class::isInstance).count();
    assertEquals(5, signs);
  }

  @Test
  void tellsWhichCandidateWasChosenAndWhyX2() throws InterruptedException {
    var model = model((number, request) -> changesOnce(number, answered(request)), taking("\"3\""));

    run(model, MaxMode.USUAL);

    var choice = choices().getFirst();
    assertEquals(How.JUDGED, choice.how());
    assertEquals("it says '3'", choice.reason());
    assertEquals("call change {\"at\":\"3\"}", choice.candidates().get(choice.chosen()).said());
    // The second step is agreed on by all, and needs no judge.
    assertEquals(How.AGREED, choices().getLast().how());
    assertEquals(1, model.judged().size());
  }

  @Test
  void theJudgeSeesCandidatesInAnotherOrderThanTheyCame() throws InterruptedException {
    var orders = new ArrayList<List<String>>();
    for (int round = 0; round < 8; round++) {
      int own = round;
      var model =
          model(
              (number, request) ->
                  answered(request)
                      ? text("done", ONE)
                      : call("c", "change", "{\"at\":\"" + own + number + "\"}", ONE),
              taking("x"));
      run(model, MaxMode.USUAL);
      orders.add(
          VotingModel.shown(model.judged().getFirst()).stream()
              .map(words -> words.replaceAll("\\D", "").substring(1))
              .toList());
    }
    assertNotEquals(1, orders.stream().distinct().count(), orders.toString());
  }

  @Test
  void dropsFailedCandidatesAndOneSurvivorNeedsNoJudgeX4() throws InterruptedException {
    var model =
        model(
            (number, request) ->
                number % 5 == 2
                    ? text("survived", ONE)
                    : new ModelReply.Faulted("provider_server", "500"),
            taking("x"));

    var outcome = run(model, MaxMode.USUAL);

    assertEquals(new AgentOutcome.Answered("\"survived\""), outcome);
    assertEquals(List.of(), model.judged());
    assertEquals(How.SURVIVED, choices().getFirst().how());
    assertEquals(1L, step.charged().get("requests"));
  }

  @Test
  void anOrdinaryStepTakesThePlaceOfCandidatesThatAllFailedX4() throws InterruptedException {
    var model =
        model(
            (number, request) ->
                number < 5 ? new ModelReply.Faulted("provider_server", "500") : text("ok", ONE),
            taking("x"));

    var outcome = run(model, MaxMode.USUAL);

    assertEquals(new AgentOutcome.Answered("\"ok\""), outcome);
    assertEquals(How.ORDINARY, choices().getFirst().how());
    assertEquals(null, model.asked().getLast().temperature());
  }

  @Test
  void aFaultOfTheOrdinaryStepEndsTheAgentX4() throws InterruptedException {
    var model = model((_, _) -> new ModelReply.Faulted("provider_access", "no key"), taking("x"));

    var outcome = run(model, MaxMode.USUAL);

    assertEquals(new AgentOutcome.Ended("provider_access", "no key"), outcome);
    assertEquals(Map.of(), step.charged());
  }

  /// Nobody took what five candidates said, and then the ordinary step failed, too.
  @Test
  void whatIsPaidForNoReplyIsToldAndCountedApartX5() throws InterruptedException {
    var model =
        model(
            (number, _) ->
                number < 5 ? text("", ONE) : new ModelReply.Faulted("provider_access", "no key"),
            taking("x"));

    run(model, MaxMode.USUAL);

    var lost = Choice.lost(5, Collections.nCopies(5, ONE));
    assertEquals(List.of(lost), choices());
    assertEquals(How.LOST, lost.how());
    assertTrue(
        events.contains(new AgentEvent.StepEnd(1, AgentEvent.Status.ERROR, lost.overheadSum())),
        events.toString());
    assertEquals(5, step.charged().get("overhead_requests"));
    assertEquals(
        step.charged().get("cost_micro_usd"), step.charged().get("overhead_cost_micro_usd"));
  }

  @Test
  void aJudgeWithoutAVerdictLeavesTheFirstCandidateAndFlagsTheStepX4() throws InterruptedException {
    var model =
        model(
            (number, request) -> changesOnce(number, answered(request)), _ -> "the third is best");

    run(model, MaxMode.USUAL);

    var choice = choices().getFirst();
    assertEquals(How.UNJUDGED, choice.how());
    assertEquals(0, choice.chosen());
    assertEquals("the judge gave no JSON object", choice.reason());
    assertEquals(GuardLimits.JUDGE_TRIES, model.judged().size());
    assertEquals(GuardLimits.JUDGE_TRIES, choice.judging().size());
  }

  @Test
  void countsWhatLosersAndJudgeUsedApartX5() throws InterruptedException {
    var model = model((number, request) -> changesOnce(number, answered(request)), taking("\"3\""));

    run(model, MaxMode.USUAL);

    var charged = step.charged();
    long all = model.used().stream().mapToLong(PRICE::microUsd).sum();
    assertEquals(all, charged.get("cost_micro_usd"));
    assertEquals(11L, charged.get("requests"));
    // Four losers and one judge in the first step, four losers in the second.
    assertEquals(9L, charged.get("overhead_requests"));
    assertEquals(all - 2 * PRICE.microUsd(ONE), charged.get("overhead_cost_micro_usd"));
    var told =
        choices().stream().map(Choice::overheadSum).reduce(TokenUsage.NONE, TokenUsage::plus);
    assertEquals(charged.get("overhead_input_tokens"), told.input());
    assertEquals(charged.get("overhead_output_tokens"), told.output());
  }

  @Test
  void asksForMoreOnlyWhereTheFirstWantsToChangeSomethingX6() throws InterruptedException {
    var model =
        model(
            (number, request) ->
                number == 0
                    ? call("l", "look", "{\"at\":\"a\"}", ONE)
                    : number < 6
                        ? call("c" + number, "change", "{\"at\":\"" + number + "\"}", ONE)
                        : text("done", ONE),
            taking("\"4\""));

    run(model, new MaxMode(5, Policy.MUTATIONS));

    assertEquals(List.of("look \"a\"", "change \"4\""), deeds);
    assertEquals(
        List.of(How.HARMLESS, How.JUDGED, How.HARMLESS),
        choices().stream().map(Choice::how).toList());
    assertEquals(7, model.asked().size());
  }

  @Test
  void hasFewerCandidatesWhereTheBudgetPaysForNoMoreX7() throws InterruptedException {
    var tokens = new TokenUsage(100, 1_000, 0, 0);
    Speaking speaking =
        (number, request) ->
            answered(request)
                ? text("done", tokens)
                : call("c", "change", "{\"at\":\"" + number + "\"}", tokens);

    for (var budget : Map.of(6_000L, 5, 5_999L, 3, 4_000L, 3, 3_999L, 1).entrySet()) {
      events.clear();
      var in = new RecordedStep("output_tokens", budget.getKey());
      run(model(speaking, taking("x")), MaxMode.USUAL, in);

      assertEquals(
          new AgentEvent.CandidatesStart(5, budget.getValue()),
          events.stream()
              .filter(AgentEvent.CandidatesStart.class::isInstance)
              .findFirst()
              .orElseThrow(),
          "budget " + budget.getKey());
      var words = firstChoice().words();
      assertTrue(
          words.contains(
              switch (budget.getValue()) {
                case 5 -> " of 5: none says it";
                case 3 -> " of 3 (the budget pays for no more): none says it";
                default -> "one candidate of 5: the budget pays for no more";
              }),
          words);
    }
  }

  private Choice firstChoice() {
    return events.stream()
        .filter(AgentEvent.CandidatesEnd.class::isInstance)
        .map(event -> ((AgentEvent.CandidatesEnd) event).choice())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void sharesWhatMayBeSaidAmongCandidatesAndJudgeX7() throws InterruptedException {
    var in = new RecordedStep("output_tokens", 60_000);
    var model = model((number, request) -> changesOnce(number, answered(request)), taking("\"3\""));

    run(model, MaxMode.USUAL, in);

    assertEquals(8_571, model.asked().getFirst().maxOutputTokens().orElseThrow());
    assertEquals(8_571, model.judged().getFirst().maxOutputTokens().orElseThrow());
  }
}
