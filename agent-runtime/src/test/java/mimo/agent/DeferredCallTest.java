package mimo.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mimo.agent.permission.Authority;
import mimo.agent.session.ConversationRecord;
import mimo.agent.session.FactCodec;
import mimo.agent.session.SessionEvents;
import mimo.agent.session.SessionFact.Asked;
import mimo.agent.testing.Authorities;
import mimo.agent.testing.RecordedSession;
import mimo.agent.testing.ScriptedProvider;
import mimo.agent.tool.ToolSpec;
import mimo.agent.tool.Toolbox;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Calls of tools that are not listed (A35).
@Timeout(60)
final class DeferredCallTest {

  private final ScriptedProvider model = new ScriptedProvider();
  private final RecordedSession session = new RecordedSession();
  private final List<AgentEvent> events = new ArrayList<>();
  private final List<String> deeds = new ArrayList<>();

  private void ask(Authority authority) throws InterruptedException {
    var hidden =
        LoopStage.tool(
            "webfetch",
            ToolSpec.Effect.READS,
            (input, _) -> {
              deeds.add(input.path("at").asText());
              return "fetched";
            });
    var box = Toolbox.of(List.of(LoopStage.lookTool(), hidden)).listing("look"::equals);
    var setup = new ConversationSetup("build", model.resolved(), "system", box, authority);
    new Conversation(ConversationRecord.open(session), setup, () -> 0)
        .turn(new Asked("go"), CancellationToken.never(), events::add);
  }

  private void script() {
    model
        .calls(
            "a",
            "tools",
            "{\"action\":\"call\",\"name\":\"webfetch\",\"arguments\":{\"at\":\"1\"}}")
        .says("done");
  }

  @Test
  void itRunsUnderTheInnerNameAndItsEventsAreThoseOfADirectCall() throws Exception {
    script();

    ask(Authorities.everything());

    assertEquals(List.of("1"), deeds);
    var start =
        events.stream().filter(AgentEvent.ToolStart.class::isInstance).findFirst().orElseThrow();
    assertEquals(new AgentEvent.ToolStart("a", "webfetch", "{\"at\":\"1\"}"), start);
    var told = SessionEvents.of(session.recorded().stream().map(FactCodec::read).toList());
    assertEquals(
        start,
        told.stream().filter(AgentEvent.ToolStart.class::isInstance).findFirst().orElseThrow());
    assertEquals(
        List.of("look", "tools"),
        model.requests().getFirst().tools().stream().map(ToolSpec::name).toList());
  }

  @Test
  void itIsDecidedAsTheInnerCall() throws Exception {
    script();

    ask(Authority.headless(Path.of("/work place")));

    assertEquals(List.of(), deeds);
    assertEquals(
        List.of(AgentEvent.Outcome.UNATTENDED),
        events.stream()
            .filter(AgentEvent.PermissionEnd.class::isInstance)
            .map(event -> ((AgentEvent.PermissionEnd) event).outcome())
            .toList());
  }
}
