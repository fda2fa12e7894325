package mimo.agent.provider.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import mimo.agent.file.PathGuard;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.StreamListener;
import mimo.agent.provider.TokenUsage;
import mimo.engine.CancellationSource;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A24.
class CassetteTest {

  @TempDir Path workspace;
  private final List<String> heard = new ArrayList<>();

  @Test
  void playsItsLinesInOrder() throws Exception {
    var cassette =
        """
        {"tool_calls":[{"tool":"read","arguments":{"file_path":"a"}},{"id":"x","tool":"glob"}]}

        {"text":"done","usage":{"input":5,"output":6,"reasoning":1,"cacheRead":2}}
        """;

    var first = ask(cassette, user("p"));
    var second = ask(cassette, user("p"), spoken());

    assertEquals(
        new ModelReply.Completed(
            List.of(
                new Content.ToolCall("cassette_1_0", "read", "{\"file_path\":\"a\"}"),
                new Content.ToolCall("x", "glob", "")),
            Finish.TOOL_CALLS,
            new TokenUsage(1, 7, 0, 0)),
        first);
    assertEquals(
        new ModelReply.Completed(
            List.of(new Content.Text("done")), Finish.STOP, new TokenUsage(5, 6, 1, 2)),
        second);
  }

  @Test
  void neverInventsBeyondItsEnd() throws Exception {
    assertEquals(
        new ModelReply.Faulted(
            "cassette_exhausted", "the cassette has no further line for this conversation"),
        ask("{\"text\":\"once\"}", user("p"), spoken()));
  }

  @Test
  void playsToEachConversationTheLinesThatSuitIt() throws Exception {
    var cassette =
        """
        {"when":"red","text":"r1"}
        {"when":"blue","text":"b1"}
        {"text":"both"}
        """;

    assertEquals("b1", text(ask(cassette, user("be blue"))));
    assertEquals("both", text(ask(cassette, user("be blue"), spoken())));
    assertEquals("both", text(ask(cassette, user("be green"))));
  }

  @Test
  void breaksOffAndStartsAgain() throws Exception {
    assertEquals(
        "whole", text(ask("{\"text\":\"hal\",\"cut\":true}\n{\"text\":\"whole\"}", user("p"))));
    assertEquals(List.of("hal", "restarted cut", "whole"), heard);
  }

  @Test
  void failsAsRecorded() throws Exception {
    assertEquals(
        new ModelReply.Faulted("provider_credit", "empty"),
        ask("{\"error\":{\"code\":\"provider_credit\",\"message\":\"empty\"}}", user("p")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {} | cassette line 1: needs one of text, tool_calls, error
          [] | cassette line 1: needs one of text, tool_calls, error
          """)
  void refusesALineThatSaysNothing(String line, String message) {
    var refused = assertThrows(IllegalArgumentException.class, () -> Cassette.parse(line));

    assertEquals(message, refused.getMessage());
  }

  @Test
  void stopsWhenCancelled() throws Exception {
    var provider = new OfflineProvider(PathGuard.over(workspace));
    var cancelled = new CancellationSource();
    cancelled.cancel();

    assertThrows(
        InterruptedException.class, () -> provider.ask(request(user("p")), listener(), cancelled));
  }

  private ModelReply ask(String cassette, Message... messages) throws Exception {
    var provider = new OfflineProvider(PathGuard.over(workspace), Cassette.parse(cassette));
    return provider.ask(request(messages), listener(), CancellationToken.never());
  }

  private static ModelRequest request(Message... messages) {
    return new ModelRequest("cassette", "", List.of(messages), List.of(), OptionalLong.empty());
  }

  private static String text(ModelReply reply) {
    var completed = assertInstanceOf(ModelReply.Completed.class, reply);
    return assertInstanceOf(Content.Text.class, completed.content().getFirst()).text();
  }

  private static Message user(String prompt) {
    return new Message.User(prompt);
  }

  private static Message spoken() {
    return new Message.Model(List.of(new Content.Text("before")));
  }

  private StreamListener listener() {
    return new StreamListener() {
      @Override
      public void text(String delta) {
        heard.add(delta);
      }

      @Override
      public void reasoning(String delta) {
        heard.add("reasoning " + delta);
      }

      @Override
      public void restarted(String reason, Duration delay) {
        heard.add("restarted " + reason);
      }
    };
  }
}
