package mimo.agent.provider.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import mimo.agent.message.Content;
import mimo.agent.provider.ModelReply.Completed;
import mimo.agent.provider.ModelReply.Faulted;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.TokenUsage;
import mimo.agent.testing.ChatScript;
import mimo.agent.testing.FakeModelServer;
import mimo.agent.testing.FakeReply;
import mimo.agent.testing.FakeReply.Piece;
import mimo.agent.testing.ProviderBench;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A26, A27: every row of the fault table over real HTTP, in virtual time.
class FaultTableTest {

  private static final Completed OK =
      new Completed(List.of(new Content.Text("ok")), Finish.STOP, TokenUsage.NONE);

  @Nested
  class RefusedForNow {

    @ParameterizedTest
    @CsvSource({
      "408,provider_error",
      "409,provider_error",
      "429,provider_limit",
      "500,provider_error",
      "502,provider_error",
      "503,provider_error",
      "529,provider_error"
    })
    void isTriedFourTimes(int status, String code) throws InterruptedException {
      try (var server =
          FakeModelServer.inTurn(error(status, "", "", "Busy\u001b[31m\n\u009b\u202enow."))) {
        var bench = ProviderBench.at(server.baseUrl());

        var reply = bench.ask();

        assertEquals(
            new Faulted(
                code,
                "acme (%s) answered %d: Busy [31m now. Tried 4 times."
                    .formatted(origin(server), status)),
            reply);
        assertEquals(4, server.captured().size());
        assertEquals(List.of(500L, 1000L, 2000L), millis(bench));
      }
    }

    @Test
    void isTriedAgainAndThenAnswered() throws InterruptedException {
      try (var server =
          FakeModelServer.inTurn(error(503, "", "", "x"), error(500, "", "", "x"), ok())) {
        var bench = ProviderBench.at(server.baseUrl());

        assertEquals(OK, bench.ask());
        assertEquals(
            List.of(
                "restarted after 500 ms: acme (%s) answered 503: x.".formatted(origin(server)),
                "restarted after 1000 ms: acme (%s) answered 500: x.".formatted(origin(server)),
                "text ok"),
            bench.listener.heard());
      }
    }

    @ParameterizedTest
    @CsvSource({
      "Retry-After,2,2000",
      "Retry-After,0,0",
      "retry-after-ms,1250,1250",
      "Retry-After,120,120000",
      "Retry-After,'Fri, 02 Jan 2026 12:01:00 GMT',60000"
    })
    void waitsExactlyAsLongAsAsked(String header, String value, long millis)
        throws InterruptedException {
      var busy = error(429, "", "rate_limit_exceeded", "Slow down").withHeader(header, value);
      try (var server = FakeModelServer.inTurn(busy, ok())) {
        var bench = ProviderBench.at(server.baseUrl());

        assertEquals(OK, bench.ask());
        assertEquals(List.of(millis), millis(bench));
        assertEquals(2, server.captured().size());
      }
    }

    @Test
    void aServerUnavailableWithoutAnyWaitIsNotAskedBehindOurBack() throws InterruptedException {
      var busy = error(503, "", "", "x").withHeader("Retry-After", "0");
      try (var server = FakeModelServer.inTurn(busy)) {
        assertInstanceOf(Faulted.class, ProviderBench.at(server.baseUrl()).ask());

        assertEquals(4, server.captured().size());
      }
    }

    @Test
    void aWaitBeyondTwoMinutesEndsTheStepAndNamesTheTime() throws InterruptedException {
      var busy = error(429, "", "", "Weekly limit").withHeader("Retry-After", "3600");
      try (var server = FakeModelServer.inTurn(busy)) {
        var reply = ProviderBench.at(server.baseUrl()).ask();

        assertEquals(
            new Faulted(
                "usage_limit",
                "acme (%s) answered 429: Weekly limit.".formatted(origin(server))
                    + " It asks to wait 3600 s, until 2026-01-02T13:00:00Z."
                    + " Resume then, or choose another model.",
                Instant.parse("2026-01-02T13:00:00Z")),
            reply);
        assertEquals(1, server.captured().size());
      }
    }
  }

  @Nested
  class RefusedForGood {

    @Test
    void isAWebPageWhereAReplyShouldBe() throws InterruptedException {
      try (var server =
          FakeModelServer.inTurn(FakeReply.plain(200, "\n<!doctype html><html>Hi</html>"))) {
        assertEquals(
            new Faulted(
                "provider_refused",
                "acme (%s) answered with a web page, not with a model's reply."
                        .formatted(origin(server))
                    + " Check provider.acme.options.baseURL: the path must end where"
                    + " /chat/completions follows."),
            ProviderBench.at(server.baseUrl()).ask());
        assertEquals(1, server.captured().size());
      }
    }

    @ParameterizedTest
    @CsvFileSource(
        resources = "/mimo/agent/provider/openai/refusals.csv",
        delimiter = '|',
        quoteCharacter = '"')
    void isNotTriedAgain(
        int status,
        @Nullable String code,
        @Nullable String type,
        String text,
        String fault,
        String message)
        throws InterruptedException {
      try (var server = FakeModelServer.inTurn(error(status, orEmpty(code), orEmpty(type), text))) {
        var bench = ProviderBench.at(server.baseUrl());

        var reply = bench.ask();

        assertEquals(new Faulted(fault, "acme (" + origin(server) + ") " + message), reply);
        assertEquals(1, server.captured().size());
        assertEquals(List.of(), bench.listener.heard());
      }
    }

    @Test
    void aLongExplanationIsCut() throws InterruptedException {
      try (var server = FakeModelServer.inTurn(FakeReply.plain(400, "x".repeat(100_000)))) {
        var reply = (Faulted) ProviderBench.at(server.baseUrl()).ask();

        assertTrue(reply.message().contains(": " + "x".repeat(300) + "…. The"), reply.message());
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{\"error\":\"plain words\"}",
          "{\"object\":\"error\",\"message\":\"plain words\",\"code\":40001}",
          "{\"detail\":\"plain words\"}",
          "[{\"error\":{\"code\":400,\"message\":\"plain words\",\"status\":\"X\"}}]",
          "plain words"
        })
    void itsWordsAreFoundInEveryShape(String body) throws InterruptedException {
      try (var server = FakeModelServer.inTurn(FakeReply.plain(400, body))) {
        var reply = (Faulted) ProviderBench.at(server.baseUrl()).ask();

        assertTrue(reply.message().contains("answered 400: plain words."), reply.message());
      }
    }
  }

  @Nested
  class BrokenStreams {

    @Test
    void areCutOffAndDiscardedWhole() throws InterruptedException {
      var cut =
          ChatScript.start().text("never").toolCall("c", "read", "{}").finish("tool_calls").done();
      try (var server = FakeModelServer.inTurn(cut.cutAfter(2), ok())) {
        var bench = ProviderBench.at(server.baseUrl());

        assertEquals(OK, bench.ask());
        assertEquals("text never", bench.listener.heard().getFirst());
        assertTrue(
            bench.listener.heard().get(1).startsWith("restarted after 500 ms: acme ("),
            bench.listener.heard().toString());
        assertEquals(server.captured().get(0).body(), server.captured().get(1).body());
      }
    }

    @Test
    void areTriedFiveTimes() throws InterruptedException {
      try (var server = FakeModelServer.inTurn(ChatScript.start().text("x").ends())) {
        var bench = ProviderBench.at(server.baseUrl());

        assertEquals(
            new Faulted(
                "stream_broken",
                "acme (%s) broke off its stream: it ended without a finish reason. Tried 5 times."
                    .formatted(origin(server))),
            bench.ask());
        assertEquals(5, server.captured().size());
        assertEquals(List.of(500L, 1000L, 2000L, 4000L), millis(bench));
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"choices\":[", "<html>no</html>", "nonsense"})
    void areMalformed(String data) throws InterruptedException {
      try (var server =
          FakeModelServer.inTurn(ChatScript.start().text("x").raw(data).done(), ok())) {
        var bench = ProviderBench.at(server.baseUrl());

        assertEquals(OK, bench.ask());
        assertEquals(
            "restarted after 500 ms: acme (%s) broke off its stream: the stream holds invalid JSON."
                .formatted(origin(server)),
            bench.listener.heard().get(1));
      }
    }

    @Test
    void haveDoneWithoutAFinishReason() throws InterruptedException {
      try (var server = FakeModelServer.inTurn(ChatScript.start().text("x").done(), ok())) {
        assertEquals(OK, ProviderBench.at(server.baseUrl()).ask());
      }
    }

    @Test
    void areSilentForTooLong() throws InterruptedException {
      var never = new CountDownLatch(1);
      var idle = ok().with(1, new Piece.Hold(new CountDownLatch(1), never));
      try (var server = FakeModelServer.inTurn(idle, ok())) {
        var bench = ProviderBench.impatientAt(server.baseUrl());

        assertEquals(OK, bench.ask());
        assertEquals(
            "restarted after 500 ms: acme (%s) broke off its stream: it was silent for 1000 ms."
                .formatted(origin(server)),
            bench.listener.heard().get(1));
      } finally {
        never.countDown();
      }
    }

    @ParameterizedTest
    @CsvSource({
      "502,,2,provider_error",
      ",rate_limit_exceeded,2,provider_limit",
      ",server_error,2,provider_error",
      ",overloaded_error,2,provider_error",
      ",something_new,2,stream_broken",
      "401,,1,provider_access",
      ",insufficient_quota,1,provider_credit",
      ",context_length_exceeded,1,context_overflow",
      ",invalid_request_error,1,provider_refused"
    })
    void holdAnErrorThatFollowsItsOwnStatus(
        @Nullable String status, @Nullable String type, int requests, String code)
        throws InterruptedException {
      var error =
          "{\"error\":{\"message\":\"inside\",\"code\":%s,\"type\":%s}}"
              .formatted(status, type == null ? null : "\"" + type + "\"");
      var broken = ChatScript.start().text("x").raw(error).done();
      try (var server = FakeModelServer.inTurn(broken, ok())) {
        var reply = ProviderBench.at(server.baseUrl()).ask();

        assertEquals(requests, server.captured().size());
        assertEquals(requests == 2 ? OK : code, requests == 2 ? reply : ((Faulted) reply).code());
      }
      try (var server = FakeModelServer.inTurn(broken)) {
        var reply = (Faulted) ProviderBench.at(server.baseUrl()).ask();

        assertEquals(code, reply.code());
      }
    }
  }

  @Nested
  class NobodyThere {

    @Test
    void aRefusedConnectionIsTriedFourTimes() throws InterruptedException, IOException {
      int port;
      try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = free.getLocalPort();
      }
      var bench = ProviderBench.at(URI.create("http://127.0.0.1:" + port + "/v1"));

      var reply = (Faulted) bench.ask();

      assertEquals("provider_unreachable", reply.code());
      assertTrue(
          reply
              .message()
              .startsWith(
                  "acme (http://127.0.0.1:" + port + ") cannot be reached: Failed to connect"),
          reply.message());
      assertEquals(3, bench.time.waits().size());
    }

    @Test
    void anUnknownHostIsNamed() throws InterruptedException {
      var reply = (Faulted) ProviderBench.at(URI.create("http://no.such.host.invalid/v1")).ask();

      assertEquals(
          new Faulted(
              "provider_unreachable",
              "acme (http://no.such.host.invalid) cannot be reached: "
                  + "the host no.such.host.invalid is not known."
                  + " Check the network and provider.acme.options.baseURL. Tried 4 times."),
          reply);
    }

    @Test
    void aServerWithoutTlsIsUnreachableOverTls() throws InterruptedException {
      try (var server = FakeModelServer.inTurn(ok())) {
        var url = URI.create("https://127.0.0.1:" + server.port() + "/v1");

        var reply = (Faulted) ProviderBench.at(url).ask();

        assertEquals("provider_unreachable", reply.code());
        assertTrue(reply.message().contains("TLS failed"), reply.message());
        assertEquals(List.of(), server.captured());
      }
    }

    @Test
    void aServerThatHangsUpBeforeAnsweringIsTriedAgain() throws InterruptedException {
      var hangUp = new FakeReply(200, Map.of(), List.of(new Piece.Cut()));
      try (var server = FakeModelServer.inTurn(hangUp, ok())) {
        assertEquals(OK, ProviderBench.at(server.baseUrl()).ask());
      }
    }
  }

  private static FakeReply ok() {
    return ChatScript.start().text("ok").finish("stop").done();
  }

  private static FakeReply error(int status, String code, String type, String message) {
    return FakeReply.plain(
        status,
        "{\"error\":{\"message\":\"%s\",\"code\":\"%s\",\"type\":\"%s\"}}"
            .formatted(message.replace("\u001b", "\\u001b").replace("\n", "\\n"), code, type));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static String origin(FakeModelServer server) {
    return "http://127.0.0.1:" + server.port();
  }

  private static List<Long> millis(ProviderBench bench) {
    return bench.time.waits().stream().map(Duration::toMillis).toList();
  }
}
