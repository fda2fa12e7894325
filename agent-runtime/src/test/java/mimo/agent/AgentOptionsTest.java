package mimo.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import mimo.agent.AgentSettings.ScriptModels;
import mimo.agent.AgentSettings.Unmapped;
import mimo.agent.definition.AgentDefinition;
import mimo.agent.json.Json;
import mimo.agent.message.Content;
import mimo.agent.provider.Effort;
import mimo.agent.provider.EffortSupport;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.ModelResolver;
import mimo.agent.provider.Price;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.Thinking;
import mimo.agent.provider.Thinking.Manner;
import mimo.agent.testing.Authorities;
import mimo.agent.testing.RecordedStep;
import mimo.agent.testing.ScriptedProvider;
import mimo.agent.tool.Tool;
import mimo.agent.tool.ToolSpec;
import mimo.agent.tool.Toolbox;
import mimo.engine.ActivityResult;
import mimo.engine.CancellationToken;
import mimo.engine.StepKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What scripts say of one agent: its model, its effort, its name (L71, L72, L73).
@Timeout(60)
class AgentOptionsTest {

  @TempDir Path workspace;
  private final ScriptedProvider model = new ScriptedProvider();
  private final List<AgentEvent> events = Collections.synchronizedList(new ArrayList<>());
  private EffortSupport efforts = EffortSupport.UNKNOWN;
  private final List<@Nullable String> asked = new ArrayList<>();

  private AgentActivity activity(AgentSettings settings, Toolbox tools) {
    var resolver =
        new ModelResolver() {
          @Override
          public Resolution resolve(@Nullable String reference) {
            asked.add(reference);
            return new Resolution.Resolved(model, "model", Price.FREE, efforts);
          }

          @Override
          public boolean maps(String name) {
            return name.indexOf('/') > 0 || name.equals("sonnet");
          }
        };
    return new AgentActivity(
        settings, resolver, ToolSource.of(tools), (_, _, event) -> events.add(event), () -> 0);
  }

  private AgentSettings settings() {
    return AgentSettings.in(workspace)
        .withAuthority(Authorities.everything())
        .withModel("scripted/model");
  }

  private ActivityResult perform(AgentActivity activity, String input) throws InterruptedException {
    return activity.perform(RecordedStep.request(StepKind.AGENT, input), new RecordedStep());
  }

  private List<AgentEvent> notices() {
    return events.stream().filter(AgentEvent.Notice.class::isInstance).toList();
  }

  @Test
  void aStrictRunRefusesAModelThatIsNotMappedL71() throws InterruptedException {
    var strict = activity(settings().withUnmapped(Unmapped.REFUSED), Toolbox.of(List.of()));
    model.says("ok").says("ok");

    assertEquals(
        new ActivityResult.Failed(
            "bad_argument",
            "agent(): the model 'opus' is not mapped; map it with model_aliases, or write"
                + " provider/id",
            "{}"),
        perform(strict, "{\"prompt\":\"p\",\"model\":\"opus\"}"));
    assertInstanceOf(
        ActivityResult.Completed.class, perform(strict, "{\"prompt\":\"p\",\"model\":\"sonnet\"}"));
    assertInstanceOf(
        ActivityResult.Completed.class,
        perform(strict, "{\"prompt\":\"p\",\"model\":\"inherit\"}"));
    assertEquals(Arrays.asList("sonnet", "scripted/model"), asked);
  }

  @Test
  void theNearestWhoNamesAModelIsHeardL8() throws InterruptedException {
    var named = AgentDefinition.parse("critic", "---\ndescription: d\nmodel: a/critic\n---\n");
    var settings = settings().withAgents(Map.of("critic", named));
    var calls =
        List.of(
            "{\"prompt\":\"p\",\"model\":\"a/call\",\"defaultModel\":\"a/script\"}",
            "{\"prompt\":\"p\",\"agentType\":\"critic\",\"defaultModel\":\"a/script\"}",
            "{\"prompt\":\"p\",\"model\":\"inherit\",\"defaultModel\":\"a/script\"}",
            "{\"prompt\":\"p\"}");

    var free = activity(settings, Toolbox.of(List.of()));
    var chosen = activity(settings.withScriptModels(ScriptModels.YIELD), Toolbox.of(List.of()));
    for (var call : calls) {
      model.says("a").says("b");
      perform(free, call);
      perform(chosen, call);
    }

    assertEquals(
        List.of(
            "a/call",
            "a/call",
            "a/critic",
            "a/critic",
            "a/script",
            "scripted/model",
            "scripted/model",
            "scripted/model"),
        asked);
  }

  @Test
  void sendsTheNearestEffortAndTellsSoOnceL72() throws InterruptedException {
    efforts = new EffortSupport(Set.of(Effort.LOW, Effort.HIGH), Manner.TOKENS);
    var activity = activity(settings(), Toolbox.of(List.of()));
    model.says("a").says("b").says("c");

    perform(activity, "{\"prompt\":\"p\",\"effort\":\"max\"}");
    perform(activity, "{\"prompt\":\"q\",\"effort\":\"max\"}");
    perform(activity, "{\"prompt\":\"r\",\"effort\":\"low\"}");

    assertEquals(
        List.of(
            new Thinking(Effort.HIGH, Manner.TOKENS),
            new Thinking(Effort.HIGH, Manner.TOKENS),
            new Thinking(Effort.LOW, Manner.TOKENS)),
        model.requests().stream().map(request -> request.thinking()).toList());
    assertEquals(
        List.of(
            new AgentEvent.Notice(
                "effort_nearest",
                "scripted/model takes no effort 'max'; 'high' is the nearest it takes.")),
        notices());
  }

  @Test
  void sendsNoEffortToAModelNobodyKnowsAndTellsSoOnceL72() throws InterruptedException {
    var activity = activity(settings(), Toolbox.of(List.of()));
    model.says("a").says("b").says("c");

    perform(activity, "{\"prompt\":\"p\",\"effort\":\"high\"}");
    perform(activity, "{\"prompt\":\"q\",\"effort\":\"low\"}");
    perform(activity, "{\"prompt\":\"r\"}");

    assertTrue(model.requests().stream().allMatch(request -> request.thinking() == null));
    assertEquals(1, notices().size());
    assertTrue(notices().getFirst().toString().contains("effort_unknown"));
  }

  @Test
  void aNamedAgentIsToldItsPromptAndHasItsToolsL73() throws InterruptedException {
    efforts = new EffortSupport(Set.of(Effort.LOW, Effort.HIGH), Manner.WORD);
    var critic =
        AgentDefinition.parse(
            "critic",
            "---\ndescription: x\nmodel: sonnet\neffort: low\ntools: look\n---\nBe strict.");
    var tools = Toolbox.of(List.of(tool("look", () -> {}), tool("touch", () -> {})));
    var activity = activity(settings().withAgents(Map.of("critic", critic)), tools);
    model.says("a").says("b").says("c");

    perform(activity, "{\"prompt\":\"p\"}");
    perform(activity, "{\"prompt\":\"p\",\"agentType\":\"critic\"}");
    perform(
        activity,
        "{\"prompt\":\"p\",\"agentType\":\"critic\",\"model\":\"a/b\",\"effort\":\"high\"}");

    var plain = model.requests().get(0);
    var named = model.requests().get(1);
    var own = model.requests().get(2);
    assertEquals(plain.system() + "\n\nBe strict.\n", named.system());
    assertEquals(List.of("look", "touch"), names(plain.tools()));
    assertEquals(List.of("look"), names(named.tools()));
    assertEquals(new Thinking(Effort.LOW, Manner.WORD), named.thinking());
    assertEquals(new Thinking(Effort.HIGH, Manner.WORD), own.thinking());
    assertEquals(Arrays.asList("scripted/model", "sonnet", "a/b"), asked);
  }

  @Test
  void aPrimaryAgentIsNoneOfAScriptsA39() throws InterruptedException {
    var main = AgentDefinition.parse("main", "---\ndescription: x\nmode: primary\n---\n");
    var critic = AgentDefinition.parse("critic", "---\ndescription: x\n---\n");
    var agents = Map.of("main", main, "critic", critic);
    var activity = activity(settings().withAgents(agents), Toolbox.of(List.of()));

    assertEquals(
        new ActivityResult.Failed(
            "bad_argument",
            "agent(): the agent \"main\" is for sessions alone: its mode is primary",
            "{}"),
        perform(activity, "{\"prompt\":\"p\",\"agentType\":\"main\"}"));
    assertEquals(
        new ActivityResult.Failed(
            "bad_argument", "agent(): there is no agentType \"nobody\"; known are critic", "{}"),
        perform(activity, "{\"prompt\":\"p\",\"agentType\":\"nobody\"}"));
  }

  @Test
  void anAgentTakesNoMoreStepsThanItsDefinitionGivesItA39() throws InterruptedException {
    var brief = AgentDefinition.parse("brief", "---\ndescription: x\nsteps: 2\n---\n");
    var tools = Toolbox.of(List.of(tool("look", () -> {})));
    var activity = activity(settings().withAgents(Map.of("brief", brief)), tools);
    model.calls("c1", "look", "{}").calls("c2", "look", "{}").says("too late");

    var result =
        assertInstanceOf(
            ActivityResult.Failed.class,
            perform(activity, "{\"prompt\":\"p\",\"agentType\":\"brief\"}"));

    assertEquals("max_turns", result.code());
    assertEquals(2, model.requests().size());
  }

  @Test
  void anAgentSpeaksAsFreelyAsItsDefinitionSaysUnlessItIsToThinkA39() throws InterruptedException {
    efforts = new EffortSupport(Set.of(Effort.LOW), Manner.WORD);
    var warm = AgentDefinition.parse("warm", "---\ndescription: x\ntemperature: 0.7\n---\n");
    var activity = activity(settings().withAgents(Map.of("warm", warm)), Toolbox.of(List.of()));
    model.says("a").says("b").says("c");

    perform(activity, "{\"prompt\":\"p\"}");
    perform(activity, "{\"prompt\":\"p\",\"agentType\":\"warm\"}");
    perform(activity, "{\"prompt\":\"p\",\"agentType\":\"warm\",\"effort\":\"low\"}");

    var temperatures = new ArrayList<@Nullable Double>();
    model.requests().forEach(request -> temperatures.add(request.temperature()));
    assertEquals(Arrays.asList(null, 0.7, null), temperatures);
  }

  @Test
  void instructionsOfFilesStandBehindWhatTheAgentIsA36() throws InterruptedException {
    var critic = AgentDefinition.parse("critic", "---\ndescription: x\n---\nBe strict.");
    var settings = settings().withAgents(Map.of("critic", critic));
    var plain = activity(settings, Toolbox.of(List.of()));
    var told = activity(settings.withInstructions("Use tabs."), Toolbox.of(List.of()));
    model.says("a").says("b").says("c");

    perform(plain, "{\"prompt\":\"p\"}");
    perform(told, "{\"prompt\":\"p\"}");
    perform(told, "{\"prompt\":\"p\",\"agentType\":\"critic\"}");

    var system = model.requests().get(0).system();
    assertEquals(system + "\n\nUse tabs.", model.requests().get(1).system());
    assertEquals(system + "\n\nBe strict.\n\n\nUse tabs.", model.requests().get(2).system());
  }

  private static List<String> names(List<ToolSpec> tools) {
    return tools.stream().map(ToolSpec::name).toList();
  }

  @Test
  void anAgentNobodyDefinedIsRefusedAndTheKnownOnesAreListedL73() throws InterruptedException {
    var critic = AgentDefinition.parse("critic", "---\ndescription: x\n---\n");
    var activity = activity(settings().withAgents(Map.of("critic", critic)), Toolbox.of(List.of()));

    assertEquals(
        new ActivityResult.Failed(
            "bad_argument", "agent(): there is no agentType \"nobody\"; known are critic", "{}"),
        perform(activity, "{\"prompt\":\"p\",\"agentType\":\"nobody\"}"));
  }

  @Test
  void theReportListsParallelReadsInTheOrderOfTheCallsWhicheverEndsFirst()
      throws InterruptedException {
    var second = new CountDownLatch(1);
    var tools = Toolbox.of(List.of(tool("slow", second::await), tool("fast", second::countDown)));
    model
        .replies(
            Finish.TOOL_CALLS,
            new Content.ToolCall("c1", "slow", "{}"),
            new Content.ToolCall("c2", "fast", "{}"))
        .says("done");

    var result = perform(activity(settings(), tools), "{\"prompt\":\"p\"}");

    var listed = new ArrayList<String>();
    Json.parse(result.report())
        .path("tools")
        .forEach(
            tool -> listed.add(tool.path("tool").asText() + " " + tool.path("status").asText()));
    assertEquals(List.of("slow ok", "fast ok"), listed);
    assertEquals(
        List.of("slow", "fast"),
        events.stream()
            .filter(AgentEvent.ToolStart.class::isInstance)
            .map(event -> ((AgentEvent.ToolStart) event).tool())
            .toList());
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  private static Tool tool(String name, Work work) {
    return new Tool() {
      @Override
      public ToolSpec spec() {
        return new ToolSpec(name, "x", "{\"type\":\"object\"}", ToolSpec.Effect.READS);
      }

      @Override
      public Result run(ObjectNode input, CancellationToken cancellation)
          throws InterruptedException {
        work.run();
        return Result.ok("ok");
      }
    };
  }
}
