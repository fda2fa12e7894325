package mimo.agent.provider.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.message.Message.Status;
import mimo.agent.message.Message.ToolAnswer;
import mimo.agent.provider.ModelReply.Completed;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.StreamListener;
import mimo.agent.provider.TokenUsage;
import mimo.agent.testing.ChatScript;
import mimo.agent.testing.FakeModelServer;
import mimo.agent.testing.FakeReply;
import mimo.agent.testing.FakeReply.Piece;
import mimo.agent.testing.ProviderBench;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The provider against a server on loopback: whole replies.
class ChatCompletionsProviderTest {

  @Test
  void streamsTextAndReasoning() throws InterruptedException {
    var script = ChatScript.start().reasoning("think").text("hello you").finish("stop").usage(9, 4);
    try (var server = FakeModelServer.inTurn(script.done())) {
      var bench = ProviderBench.at(server.baseUrl());

      var reply = bench.ask();

      assertEquals(
          new Completed(
              List.of(new Content.Reasoning("think"), new Content.Text("hello you")),
              Finish.STOP,
              new TokenUsage(9, 4, 0, 0)),
          reply);
      assertEquals(List.of("reasoning think", "text hello", "text  you"), bench.listener.heard());
    }
  }

  @Test
  void answersParallelToolCallsInTheNextRequest() throws InterruptedException {
    var calls =
        ChatScript.start()
            .toolCall("call_a", "read", "{\"file_path\":\"a\"}")
            .toolCall("call_b", "read", "{\"file_path\":\"b\"}")
            .finish("tool_calls")
            .done();
    var end = ChatScript.start().text("done").finish("stop").ends();
    try (var server = FakeModelServer.inTurn(calls, end)) {
      var bench = ProviderBench.at(server.baseUrl());

      var first = (Completed) bench.ask();
      var second = bench.provider.ask(afterTools(first), bench.listener, CancellationToken.never());

      assertEquals(
          List.of(
              new Content.ToolCall("call_a", "read", "{\"file_path\":\"a\"}"),
              new Content.ToolCall("call_b", "read", "{\"file_path\":\"b\"}")),
          first.content());
      assertEquals(
          new Completed(List.of(new Content.Text("done")), Finish.STOP, TokenUsage.NONE), second);
      var roles = server.captured().getLast().body().path("messages").findValuesAsText("role");
      assertEquals(List.of("system", "user", "assistant", "tool", "tool"), roles);
    }
  }

  @Test
  void readsAPlainJsonReply() throws InterruptedException {
    var body =
        "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"hi\"},"
            + "\"finish_reason\":\"stop\"}],"
            + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}";
    try (var server = FakeModelServer.inTurn(FakeReply.plain(200, body))) {
      var reply = ProviderBench.at(server.baseUrl()).ask();

      assertEquals(
          new Completed(List.of(new Content.Text("hi")), Finish.STOP, new TokenUsage(1, 2, 0, 0)),
          reply);
    }
  }

  @Test
  void sendsTheKeyAndAsksForAStream() throws InterruptedException {
    try (var server = FakeModelServer.inTurn(ok())) {
      ProviderBench.at(server.baseUrl()).ask();

      var request = server.captured().getFirst();
      assertEquals("/v1/chat/completions", request.path());
      assertEquals("Bearer " + ProviderBench.KEY, request.headers().get("authorization"));
      assertEquals("identity", request.headers().get("accept-encoding"));
      assertTrue(request.body().path("stream").asBoolean());
    }
  }

  @Test
  void keepsItsConnectionForTheNextRequest() throws InterruptedException {
    try (var server = FakeModelServer.inTurn(ok())) {
      var bench = ProviderBench.at(server.baseUrl());

      for (int i = 0; i < 5; i++) {
        bench.ask();
      }

      assertEquals(1, server.connectionsSeen());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void theKeyFollowsNoRedirectAndIsInNoMessage(int status) throws InterruptedException {
    try (var elsewhere = FakeModelServer.inTurn(ok());
        var server =
            FakeModelServer.inTurn(
                new FakeReply(
                    status,
                    Map.of("Location", elsewhere.baseUrl() + "/chat/completions?token=t"),
                    List.of()))) {
      var bench = ProviderBench.at(server.baseUrl());

      var reply = bench.ask();

      assertEquals(
          ("Faulted[code=provider_refused, message=acme (http://127.0.0.1:%d) answered %d:"
                  + " it leads to http://127.0.0.1:%d. A redirect is not followed, since the key"
                  + " belongs to this origin alone. Set provider.acme.options.baseURL to where it"
                  + " leads., until=null]")
              .formatted(server.port(), status, elsewhere.port()),
          reply.toString());
      assertEquals(0, elsewhere.connectionsSeen());
      assertEquals(1, server.captured().size());
    }
  }

  @Test
  void aProviderThatQuotesTheKeyIsNotQuotedWithIt() throws InterruptedException {
    var refusal =
        FakeReply.plain(
            401,
            "{\"error\":{\"message\":\"Incorrect API key: %s.\"}}".formatted(ProviderBench.KEY));
    try (var server = FakeModelServer.inTurn(refusal)) {
      var bench = ProviderBench.at(server.baseUrl());

      var reply = bench.ask();

      assertEquals(
          ("Faulted[code=provider_access, message=acme (http://127.0.0.1:%d) answered 401:"
                  + " Incorrect API key: [key]. Check ACME_API_KEY, or"
                  + " provider.acme.options.apiKey., until=null]")
              .formatted(server.port()),
          reply.toString());
      assertFalse((reply + " " + bench.provider).contains(ProviderBench.KEY));
    }
  }

  @Test
  void deltasAreHeardWhileTheModelStillSpeaks() throws InterruptedException {
    var reached = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var reply = ChatScript.start().text("first").text("later").finish("stop").done();
    try (var server = FakeModelServer.inTurn(reply.with(1, new Piece.Hold(reached, goOn)))) {
      var bench = ProviderBench.at(server.baseUrl());
      var heard = new CountDownLatch(1);
      var asking =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  bench.provider.ask(
                      ProviderBench.REQUEST, new FirstWord(heard), CancellationToken.never());
                } catch (InterruptedException impossible) {
                  throw new AssertionError(impossible);
                }
              });

      heard.await();
      assertTrue(asking.isAlive(), "the model has not finished");
      goOn.countDown();
      asking.join();
    }
  }

  private static FakeReply ok() {
    return ChatScript.start().text("ok").finish("stop").done();
  }

  private static ModelRequest afterTools(Completed first) {
    return new ModelRequest(
        ProviderBench.REQUEST.model(),
        ProviderBench.REQUEST.system(),
        List.of(
            new Message.User("hello"),
            new Message.Model(first.content()),
            new Message.Tools(
                List.of(
                    new ToolAnswer("call_a", "1\ta", Status.OK),
                    new ToolAnswer("call_b", "no such file", Status.ERROR)))),
        ProviderBench.REQUEST.tools(),
        OptionalLong.empty());
  }

  /// Tells when the first text is heard.
  private record FirstWord(CountDownLatch heard) implements StreamListener {
    @Override
    public void text(String delta) {
      heard.countDown();
    }

    @Override
    public void reasoning(String delta) {}

    @Override
    public void restarted(String reason, Duration delay) {}
  }
}
