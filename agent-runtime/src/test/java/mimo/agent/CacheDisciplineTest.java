package mimo.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import mimo.agent.LoopStage.Unlimited;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.Price;
import mimo.agent.provider.Resolution;
import mimo.agent.session.SessionAttempt;
import mimo.agent.testing.Authorities;
import mimo.agent.testing.FakeModelServer;
import mimo.agent.testing.FakeReply;
import mimo.agent.testing.ProviderBench;
import mimo.agent.testing.Speech;
import mimo.agent.tool.ToolSpec.Effect;
import mimo.agent.tool.Toolbox;
import mimo.engine.CancellationToken;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A31, A32: what a provider's cache goes by, in the bodies that reach it.
class CacheDisciplineTest {

  private static final int TURNS = 6;

  @ParameterizedTest
  @EnumSource
  void everyBodyBeginsAsTheOneBeforeMarksAside(Speech speech) throws InterruptedException {
    try (var server = FakeModelServer.inTurn(replies(speech))) {
      var bench = ProviderBench.at(speech, server.baseUrl());

      var outcome = loop(bench).run(AgentLoop.Stops.by(CancellationToken.never()));

      assertEquals(new AgentOutcome.Answered("\"done\""), outcome);
      var bodies = server.captured().stream().map(FakeModelServer.Captured::body).toList();
      assertEquals(TURNS + 1, bodies.size());
      for (int i = 1; i < bodies.size(); i++) {
        var before = bodies.get(i - 1);
        var after = bodies.get(i);
        assertEquals(opening(speech, before), opening(speech, after), "request " + i);
        var said = messages(speech, before);
        assertTrue(messages(speech, after).size() > said.size());
        assertEquals(said, messages(speech, after).subList(0, said.size()), "request " + i);
      }
    }
  }

  /// A32: one on the last tool, one on the system prompt, two on the last turns of the user's side.
  @ParameterizedTest
  @EnumSource(names = "MESSAGES")
  void marksWanderWithTheConversation(Speech speech) throws InterruptedException {
    try (var server = FakeModelServer.inTurn(replies(speech))) {
      loop(ProviderBench.at(speech, server.baseUrl()))
          .run(AgentLoop.Stops.by(CancellationToken.never()));

      for (var captured : server.captured()) {
        var body = captured.body();
        var turns = body.path("messages");
        var marked =
            IntStream.range(0, turns.size())
                .filter(i -> !turns.get(i).findParents("cache_control").isEmpty())
                .boxed()
                .toList();
        int last = turns.size() - 1;
        assertEquals(last == 0 ? List.of(0) : List.of(last - 2, last), marked);
        var tools = body.path("tools");
        assertTrue(tools.get(tools.size() - 1).has("cache_control"));
        assertTrue(body.path("system").get(0).has("cache_control"));
        assertEquals(marked.size() + 2, body.findParents("cache_control").size());
      }
    }
  }

  private static FakeReply[] replies(Speech speech) {
    var replies = new ArrayList<FakeReply>();
    for (int i = 0; i < TURNS; i++) {
      replies.add(
          speech
              .script()
              .reasoning("Once more.")
              .text("I look.")
              .toolCall("c" + i, "look", "{\"at\":\"" + i + "\"}")
              .finish(Finish.TOOL_CALLS)
              .done());
    }
    replies.add(speech.script().text("done").finish(Finish.STOP).done());
    return replies.toArray(FakeReply[]::new);
  }

  private static AgentLoop loop(ProviderBench bench) {
    var look = LoopStage.tool("look", Effect.READS, (input, _) -> "seen " + input.path("at"));
    var task =
        new AgentTask(
            new Resolution.Resolved(bench.provider, "acme-1", Price.FREE),
            "system",
            "the task",
            Toolbox.of(List.of(look)),
            null,
            AgentLimits.TURNS,
            Authorities.everything());
    return new AgentLoop(task, SessionAttempt.unrecorded(), new Unlimited(), _ -> {}, () -> 0);
  }

  /// All that stands before the conversation.
  private static String opening(Speech speech, JsonNode body) {
    var system =
        switch (speech) {
          case CHAT -> body.path("messages").get(0);
          case RESPONSES -> body.path("instructions");
          case MESSAGES -> body.path("system");
        };
    return system + "" + body.path("tools");
  }

  private static List<String> messages(Speech speech, JsonNode body) {
    var list = body.path(speech == Speech.RESPONSES ? "input" : "messages");
    var messages = new ArrayList<String>();
    list.forEach(message -> {
      var copy = message.deepCopy();
      copy.findParents("cache_control")
          .forEach(marked -> ((ObjectNode) marked).remove("cache_control"));
      messages.add(copy.toString());
    });
    return messages;
  }
}
