package mimo.agent.provider.responses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalLong;
import mimo.agent.message.Message;
import mimo.agent.provider.Effort;
import mimo.agent.provider.ModelReply.Completed;
import mimo.agent.provider.ModelReply.Faulted;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.Thinking;
import mimo.agent.provider.Thinking.Manner;
import mimo.agent.testing.FakeModelServer;
import mimo.agent.testing.FakeReply;
import mimo.agent.testing.ProviderBench;
import mimo.agent.testing.Speech;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A26: an organisation that is not verified gets no summaries of what a model thinks.
class RefusedSummaryTest {

  private static final String UNVERIFIED =
      "Your organization must be verified to generate reasoning summaries.";

  @ParameterizedTest
  @CsvSource({
    UNVERIFIED + ",reasoning.summary",
    "Not for you.,reasoning.summary",
    "This model takes no reasoning.summary.,",
    UNVERIFIED + ","
  })
  void areAskedForOnceAndNeverAgain(String message, @Nullable String param)
      throws InterruptedException {
    try (var server =
        FakeModelServer.start(body -> isSummarised(body) ? refusal(message, param) : ok())) {
      var bench = ProviderBench.at(Speech.RESPONSES, server.baseUrl());

      assertInstanceOf(Completed.class, bench.ask(thinking("acme-1")));
      assertInstanceOf(Completed.class, bench.ask(thinking("acme-1")));

      assertEquals(
          List.of(
              "{\"effort\":\"low\",\"summary\":\"auto\"}",
              "{\"effort\":\"low\"}",
              "{\"effort\":\"low\"}"),
          reasoning(server));
      assertEquals(List.of("text ok", "text ok"), bench.listener.heard(), "nobody was disturbed");
    }
  }

  @Test
  void areStillAskedOfOtherModels() throws InterruptedException {
    try (var server =
        FakeModelServer.start(body ->
            body.path("model").asText().equals("acme-1") && isSummarised(body)
                ? refusal(UNVERIFIED, "reasoning.summary")
                : ok())) {
      var bench = ProviderBench.at(Speech.RESPONSES, server.baseUrl());

      bench.ask(thinking("acme-1"));
      bench.ask(thinking("acme-2"));

      assertEquals(
          List.of(
              "{\"effort\":\"low\",\"summary\":\"auto\"}",
              "{\"effort\":\"low\"}",
              "{\"effort\":\"low\",\"summary\":\"auto\"}"),
          reasoning(server));
    }
  }

  @ParameterizedTest
  @CsvSource({"reasoning.summary,2", "temperature,1"})
  void areNotWhatEveryRefusalIsAbout(String param, int requests) throws InterruptedException {
    try (var server = FakeModelServer.inTurn(refusal("No.", param))) {
      var bench = ProviderBench.at(Speech.RESPONSES, server.baseUrl());

      var reply = assertInstanceOf(Faulted.class, bench.ask(thinking("acme-1")));

      assertEquals("provider_refused", reply.code());
      assertEquals(requests, server.captured().size());
    }
  }

  private static boolean isSummarised(JsonNode body) {
    return body.path("reasoning").has("summary");
  }

  private static ModelRequest thinking(String model) {
    return new ModelRequest(
        model,
        "",
        List.of(new Message.User("Why?")),
        List.of(),
        OptionalLong.empty(),
        new Thinking(Effort.LOW, Manner.WORD));
  }

  private static FakeReply ok() {
    return Speech.RESPONSES.script().text("ok").finish(Finish.STOP).done();
  }

  private static FakeReply refusal(String message, @Nullable String param) {
    var field = param == null ? "null" : "\"" + param + "\"";
    return FakeReply.plain(
        400,
        ("{\"error\":{\"message\":\"%s\",\"type\":\"invalid_request_error\",\"param\":%s,"
                + "\"code\":\"unsupported_value\"}}")
            .formatted(message, field));
  }

  private static List<String> reasoning(FakeModelServer server) {
    return server.captured().stream()
        .map(each -> each.body().path("reasoning").toString())
        .toList();
  }
}
