package mimo.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mimo.agent.LoopStage.Unlimited;
import mimo.agent.file.PathGuard;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.Price;
import mimo.agent.provider.Resolution;
import mimo.agent.session.SessionAttempt;
import mimo.agent.testing.Authorities;
import mimo.agent.testing.FakeModelServer;
import mimo.agent.testing.ProviderBench;
import mimo.agent.testing.SampleRequests;
import mimo.agent.testing.Speech;
import mimo.agent.tool.Toolbox;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// A21: what we send is what the providers' own SDKs could have sent.
class SdkJudgeTest {

  @TempDir Path workspace;

  @ParameterizedTest
  @EnumSource
  void knowsEveryFieldOfTheSampleRequests(Speech speech)
      throws InterruptedException, JsonProcessingException {
    var done = speech.script().text("ok").finish(Finish.STOP).done();
    try (var server = FakeModelServer.inTurn(done)) {
      for (var request : SampleRequests.all()) {
        ProviderBench.at(speech, server.baseUrl()).ask(request);
      }

      assertEquals(SampleRequests.all().size(), server.captured().size());
      assertNoStrays(speech, server);
    }
  }

  @ParameterizedTest
  @EnumSource
  void knowsEveryFieldOfARealConversation(Speech speech) throws InterruptedException, IOException {
    Files.writeString(workspace.resolve("a.txt"), "first\n");
    try (var server =
        FakeModelServer.inTurn(
            speech
                .script()
                .reasoning("Both.")
                .text("I look.")
                .toolCall("c1", "read", "{\"file_path\":\"a.txt\"}")
                .toolCall("c2", "glob", "{\"pattern\":\"*\"")
                .finish(Finish.TOOL_CALLS)
                .done(),
            speech.script().text("prose, not an answer").finish(Finish.STOP).done(),
            speech
                .script()
                .toolCall("c3", "answer", "{\"line\":1}")
                .finish(Finish.TOOL_CALLS)
                .done(),
            speech
                .script()
                .toolCall("c4", "answer", "{\"line\":\"first\"}")
                .finish(Finish.TOOL_CALLS)
                .done())) {
      var schema =
          LoopStage.schema(
              "{\"type\":\"object\",\"properties\":{\"line\":{\"type\":\"string\"}},"
                  + "\"required\":[\"line\"]}");
      var bench = ProviderBench.at(speech, server.baseUrl());
      var model = new Resolution.Resolved(bench.provider, "gpt-5-mini", Price.FREE);
      var tools = Toolbox.readingOnly(PathGuard.over(workspace));
      var task =
          new AgentTask(model, "system", "Read a.txt", tools, schema, 10, Authorities.everything());

      var outcome =
          new AgentLoop(task, SessionAttempt.unrecorded(), new Unlimited(), _ -> {}, () -> 0)
              .run(AgentLoop.Stops.by(CancellationToken.never()));

      assertEquals(new AgentOutcome.Answered("{\"line\":\"first\"}"), outcome);
      assertEquals(4, server.captured().size());
      assertNoStrays(speech, server);
    }
  }

  /// The judge must be strict, or the tests above prove nothing.
  @ParameterizedTest
  @CsvSource({
    "CHAT,'{\"model\":\"gpt-5-mini\",\"messages\":[{\"role\":\"user\","
        + "\"content\":\"x\",\"hat\":1}]}',"
        + "ChatCompletionUserMessageParam.hat",
    "CHAT,'{\"model\":\"gpt-5-mini\",\"messages\":[],\"max_token\":1}',Body.max_token",
    "MESSAGES,'{\"model\":\"m\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":"
        + "[{\"type\":\"text\",\"text\":\"x\",\"hat\":1}]}]}',TextBlockParam.hat",
    "MESSAGES,'{\"model\":\"m\",\"max_tokens\":1,\"messages\":[],\"top\":1}',Body.top",
    "RESPONSES,'{\"model\":\"m\",\"input\":[{\"type\":\"message\",\"role\":\"user\","
        + "\"content\":\"x\",\"hat\":1}]}',EasyInputMessage.hat",
    "RESPONSES,'{\"model\":\"m\",\"input\":\"x\",\"stored\":false}',Body.stored"
  })
  void findsWhatAnSdkDoesNotKnow(Speech speech, String body, String stray)
      throws JsonProcessingException {
    assertEquals(List.of(stray), SdkJudge.strays(speech, body));
  }

  @Test
  void refusesWhatAnSdkCouldNotSend() {
    assertThrows(
        com.anthropic.errors.AnthropicInvalidDataException.class,
        () -> SdkJudge.strays(Speech.MESSAGES, "{\"model\":\"m\",\"messages\":[]}"));
    assertThrows(
        com.openai.errors.OpenAIInvalidDataException.class,
        () ->
            SdkJudge.strays(Speech.CHAT, "{\"model\":\"gpt-5-mini\",\"messages\":[{\"role\":7}]}"));
  }

  private static void assertNoStrays(Speech speech, FakeModelServer server)
      throws JsonProcessingException {
    for (var captured : server.captured()) {
      assertEquals(List.of(), SdkJudge.strays(speech, captured.body().toString()));
    }
  }
}
