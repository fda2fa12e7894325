package mimo.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import mimo.agent.file.PathGuard;
import mimo.agent.json.Json;
import mimo.agent.provider.Price;
import mimo.agent.provider.Resolution;
import mimo.agent.testing.Authorities;
import mimo.agent.testing.RecordedStep;
import mimo.agent.testing.ScriptedProvider;
import mimo.agent.tool.Toolbox;
import mimo.engine.ActivityResult;
import mimo.engine.ParkReason;
import mimo.engine.StepKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// L40, L71, L76, L84, L85, L94, L95.
@Timeout(60)
class AgentActivityTest {

  private static final Price PRICE = new Price(1_000_000, 2_000_000, 500_000);

  @TempDir Path workspace;
  private final ScriptedProvider model = new ScriptedProvider();
  private final List<AgentEvent> events = Collections.synchronizedList(new ArrayList<>());
  private RecordedStep step = new RecordedStep();
  private Resolution resolution = model.resolved(PRICE);

  @Test
  void answersWithTextAndAReport() throws Exception {
    Files.writeString(workspace.resolve("a"), "x");
    model.calls("c1", "read", "{\"file_path\":\"a\"}").says("It says \"x\".");

    assertEquals(
        new ActivityResult.Completed(
            "\"It says \\\"x\\\".\"",
            "{\"model\":\"scripted/model\",\"price\":{\"input\":1000000,\"output\":2000000,"
                + "\"cacheRead\":500000},\"turns\":2,\"tools\":[{\"tool\":\"read\","
                + "\"input\":\"{\\\"file_path\\\":\\\"a\\\"}\",\"status\":\"ok\",\"ms\":0}],"
                + "\"lastText\":\"It says \\\"x\\\".\"}"),
        perform("{\"prompt\":\"what?\",\"label\":\"l\",\"model\":null}"));
  }

  @Test
  void chargesEveryReply() throws Exception {
    model.calls("c1", "glob", "{\"pattern\":\"*\"}").says("done");

    perform("{\"prompt\":\"p\"}");

    assertEquals(
        Map.of(
            "requests", 2L,
            "input_tokens", 200L,
            "output_tokens", 20L,
            "reasoning_tokens", 4L,
            "cache_read_tokens", 80L,
            "cache_write_tokens", 0L,
            "cost_micro_usd", 200L),
        step.charged());
  }

  @Test
  void chargesNoCostWhereNoPriceIsKnown() throws Exception {
    resolution = new Resolution.Resolved(model, "model", null);
    model.says("done");

    perform("{\"prompt\":\"p\"}");

    assertFalse(step.charged().containsKey("cost_micro_usd"));
  }

  @Test
  void answersWithTheValueOfASchema() throws Exception {
    model.calls("c1", "answer", "{\"value\":[1,2]}");

    var result = perform("{\"prompt\":\"p\",\"schema\":{\"type\":\"array\"}}");

    assertEquals("[1,2]", assertInstanceOf(ActivityResult.Completed.class, result).value());
  }

  @Test
  void refusesAContradictionBeforeAnySpend() throws Exception {
    assertEquals(
        new ActivityResult.Failed(
            "schema_invalid", "schema at /enum: must be a list, not empty", "{}"),
        perform("{\"prompt\":\"p\",\"schema\":{\"enum\":[]}}"));
    assertEquals(List.of(), model.requests());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {} | agent(): 'prompt' must be a string that is not empty
          {"prompt":" "} | agent(): 'prompt' must be a string that is not empty
          {"prompt":"p","model":7} | agent(): 'model' must be a string
          {"prompt":"p","timeoutMs":0} | agent(): 'timeoutMs' must be a number above 0
          {"prompt":"p","stallMs":-1} | agent(): 'stallMs' must be a number above 0
          {"prompt":"p","retries":11} | agent(): 'retries' must be a whole number from 0 to 10
          {"prompt":"p","maxTurns":1.5} | agent(): 'maxTurns' must be a whole number from 1 to 200
          {"prompt":"p","timeoutMs":"1"} | agent(): 'timeoutMs' must be a number above 0
          """)
  void saysWhatIsWrongWithItsInput(String input, String message) throws Exception {
    assertEquals(new ActivityResult.Failed("bad_argument", message, "{}"), perform(input));
  }

  @Test
  void endsWhenItsTimeIsOver() throws Exception {
    model.hangs();

    var result = perform("{\"prompt\":\"p\",\"timeoutMs\":50}");

    var failed = assertInstanceOf(ActivityResult.Failed.class, result);
    assertEquals("timeout", failed.code());
    assertEquals("the agent did not end within 50 ms", failed.message());
    assertInstanceOf(AgentEvent.AgentEnd.class, events.getLast());
    assertFalse(Thread.interrupted(), "the engine's thread must not be interrupted");
  }

  @Test
  void endsWhenItIsSilentForTooLongL76() throws Exception {
    model.hangs();

    var result = perform("{\"prompt\":\"p\",\"timeoutMs\":60000,\"stallMs\":50}");

    var failed = assertInstanceOf(ActivityResult.Failed.class, result);
    assertEquals("stalled", failed.code());
    assertEquals("the agent made no progress for 50 ms", failed.message());
  }

  @Test
  void beginsAnewWhereAnotherAttemptMayHelpL77() throws Exception {
    model.fails("provider_error", "once").hangs().says("third time");

    var result = perform("{\"prompt\":\"p\",\"retries\":2,\"stallMs\":1000}");

    assertEquals(
        "\"third time\"", assertInstanceOf(ActivityResult.Completed.class, result).value());
    var told =
        events.stream()
            .filter(event -> event instanceof AgentEvent.Notice)
            .map(event -> ((AgentEvent.Notice) event).text())
            .toList();
    assertEquals(
        List.of(
            "provider_error: once; the agent begins anew",
            "no progress for 1000 ms; the agent begins anew"),
        told);
  }

  @ParameterizedTest
  @CsvSource({"provider_access", "cassette_exhausted", "budget"})
  void doesNotRepeatWhatWouldEndTheSameL77(String fault) throws Exception {
    model.fails(fault, "no");

    perform("{\"prompt\":\"p\",\"retries\":5}");

    assertEquals(1, model.requests().size());
  }

  @Test
  void makesNoMoreRequestsThanItsTurnsAllowL77() throws Exception {
    model.calls("c1", "glob", "{\"pattern\":\"*\"}").calls("c2", "glob", "{\"pattern\":\"*\"}");

    var result = perform("{\"prompt\":\"p\",\"maxTurns\":2,\"retries\":3}");

    assertEquals("max_turns", assertInstanceOf(ActivityResult.Failed.class, result).code());
    assertEquals(2, model.requests().size());
  }

  @Test
  void endsAsCancelledWhenItsStepIs() throws Exception {
    model.hangs();
    var canceller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                model.awaitHanging();
                step.cancel();
              } catch (InterruptedException unexpected) {
                Thread.currentThread().interrupt();
              }
            });

    var result = perform("{\"prompt\":\"p\"}");
    canceller.join();

    assertEquals(new ActivityResult.Cancelled(), result);
    assertInstanceOf(AgentEvent.AgentEnd.class, events.getLast());
  }

  @Test
  void stopsItsWorkWhenTheEnginesThreadIsInterrupted() throws Exception {
    model.hangs();
    var engine = Thread.currentThread();
    Thread.ofVirtual()
        .start(() -> {
          try {
            model.awaitHanging();
            engine.interrupt();
          } catch (InterruptedException unexpected) {
            Thread.currentThread().interrupt();
          }
        });

    assertThrows(InterruptedException.class, () -> perform("{\"prompt\":\"p\"}"));
    assertInstanceOf(AgentEvent.AgentEnd.class, events.getLast());
  }

  @Test
  void endsWhenTheBudgetIsUsedUp() throws Exception {
    step = new RecordedStep("output_tokens", 15);
    model.calls("c1", "glob", "{\"pattern\":\"*\"}").calls("c2", "glob", "{\"pattern\":\"*\"}");

    var result = perform("{\"prompt\":\"p\"}");

    assertEquals("budget", assertInstanceOf(ActivityResult.Failed.class, result).code());
    assertEquals(
        List.of(OptionalLong.of(15), OptionalLong.of(5)),
        model.requests().stream().map(request -> request.maxOutputTokens()).toList());
  }

  @Test
  void asksForNoMoreTokensThanTheMoneyPays() throws Exception {
    step = new RecordedStep("cost_micro_usd", 50);
    model.says("done");

    perform(settings(), "{\"prompt\":\"p\"}");

    assertEquals(OptionalLong.of(25), model.requests().getFirst().maxOutputTokens());
  }

  /// Its tools and words go in with each request, at the price of writing them to a cache.
  @Test
  void asksNothingThatCouldCostMoreThanIsLeftC55() throws Exception {
    step = new RecordedStep("cost_micro_usd", 50);

    var result = perform(settings().withOvershoot(Overshoot.NONE), "{\"prompt\":\"p\"}");

    var failed = assertInstanceOf(ActivityResult.Failed.class, result);
    assertEquals("budget", failed.code());
    assertEquals("what is left does not pay for another request", failed.message());
    assertEquals(List.of(), model.requests());
    assertFalse(step.charged().containsKey("cost_micro_usd"));
  }

  @Test
  void refusesAMoneyBudgetWithoutAPrice() throws Exception {
    step = new RecordedStep("cost_micro_usd", 50);
    resolution = new Resolution.Resolved(model, "model", null);

    var result = perform(settings(), "{\"prompt\":\"p\"}");

    assertEquals("price_unknown", assertInstanceOf(ActivityResult.Failed.class, result).code());
  }

  @ParameterizedTest
  @CsvSource({
    "provider_access,PROVIDER",
    "model_unknown,PROVIDER",
    "provider_credit,PROVIDER",
    "provider_config,PROVIDER",
    "no_model,PROVIDER",
    "no_key,PROVIDER",
    "usage_limit,USAGE_LIMIT"
  })
  void suspendsItsStepWhereNoAgentCanGoOnL123(String fault, ParkReason reason) throws Exception {
    model.fails(fault, "no");

    assertEquals(new ActivityResult.Suspended(reason, fault, "no"), perform("{\"prompt\":\"p\"}"));
  }

  @ParameterizedTest
  @CsvSource({
    "cassette_exhausted,cassette_exhausted,no",
    "provider_unreachable,failed,provider_unreachable: no"
  })
  void namesAFaultByAReasonThatScriptsKnowL85(String fault, String code, String message)
      throws Exception {
    model.fails(fault, "no");

    var failed = assertInstanceOf(ActivityResult.Failed.class, perform("{\"prompt\":\"p\"}"));

    assertEquals(code, failed.code());
    assertEquals(message, failed.message());
  }

  @Test
  void takesTheRunsModelForAWordThatMeansNothing() throws Exception {
    model.says("done");

    assertInstanceOf(
        ActivityResult.Completed.class, perform("{\"prompt\":\"p\",\"model\":\"huge\"}"));
    assertEquals(
        new AgentEvent.Notice("model_unmapped", "'huge' is no model. The run's own model is used."),
        events.getFirst());
  }

  @Test
  void inheritsTheRunsModelWithoutAWord() throws Exception {
    model.says("done");

    perform("{\"prompt\":\"p\",\"model\":\"inherit\"}");

    assertInstanceOf(AgentEvent.AgentStart.class, events.getFirst());
  }

  @Test
  void suspendsItsStepForAFullNameThatMeansNothingL123() throws Exception {
    assertEquals(
        new ActivityResult.Suspended(ParkReason.PROVIDER, "model_unknown", "'x/huge' is no model."),
        perform("{\"prompt\":\"p\",\"model\":\"x/huge\"}"));
  }

  @Test
  void keepsItsReportWithinBounds() throws Exception {
    for (int i = 0; i < 100; i++) {
      model.calls("c" + i, "glob", "{\"pattern\":\"" + "x".repeat(900) + i + "\"}");
    }
    model.says("é".repeat(10_000));

    var report = Json.parse(perform("{\"prompt\":\"p\"}").report());

    assertEquals(AgentLimits.REPORT_TOOLS, report.path("tools").size());
    assertEquals(40, report.path("toolsOmitted").asInt());
    assertEquals(AgentLimits.REPORT_INPUT_CHARS, report.at("/tools/0/input").asText().length());
    assertEquals(AgentLimits.REPORT_TEXT_CHARS, report.path("lastText").asText().length());
  }

  @Test
  void tellsTheModelWhereItWorksAndNothingThatChanges() throws Exception {
    model.says("one").says("two");

    perform("{\"prompt\":\"p\"}");
    perform("{\"prompt\":\"q\"}");

    var system = model.requests().getFirst().system();
    assertTrue(system.contains("in the workspace " + workspace + "."), system);
    assertTrue(system.length() <= 2_048, system.length() + " characters");
    assertEquals(system, model.requests().getLast().system());
    assertEquals(model.requests().getFirst().tools(), model.requests().getLast().tools());
  }

  private ActivityResult perform(String input) throws InterruptedException, IOException {
    return perform(settings(), input);
  }

  private ActivityResult perform(AgentSettings settings, String input)
      throws InterruptedException, IOException {
    var activity =
        new AgentActivity(
            settings,
            this::resolve,
            ToolSource.of(Toolbox.readingOnly(PathGuard.over(workspace))),
            (_, _, event) -> events.add(event),
            () -> 0);
    return activity.perform(RecordedStep.request(StepKind.AGENT, input), step);
  }

  private AgentSettings settings() {
    return AgentSettings.in(workspace)
        .withAuthority(Authorities.everything())
        .withModel("scripted/model");
  }

  private Resolution resolve(@org.jspecify.annotations.Nullable String reference) {
    return "scripted/model".equals(reference)
        ? resolution
        : new Resolution.Unresolved("model_unknown", "'" + reference + "' is no model.");
  }
}
