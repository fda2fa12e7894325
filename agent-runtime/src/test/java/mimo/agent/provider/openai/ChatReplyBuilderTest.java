package mimo.agent.provider.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import mimo.agent.message.Content;
import mimo.agent.provider.ModelReply.Completed;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.TokenUsage;
import mimo.agent.provider.openai.ChatEvent.ToolCallPart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatReplyBuilderTest {

  private final ChatReplyBuilder reply = new ChatReplyBuilder("call_3_");

  @Test
  void keepsTheOrderInWhichThingsWereSaid() {
    reply.reasoning("hm");
    reply.reasoning("m");
    reply.text("a");
    reply.toolCall(new ToolCallPart(0, "x", "read", "{"));
    reply.toolCall(new ToolCallPart(0, null, "", "}"));
    reply.text("b");
    reply.used(new TokenUsage(3, 2, 1, 0));
    reply.finished("tool_calls");

    assertEquals(
        new Completed(
            List.of(
                new Content.Reasoning("hmm"),
                new Content.Text("a"),
                new Content.ToolCall("x", "read", "{}"),
                new Content.Text("b")),
            Finish.TOOL_CALLS,
            new TokenUsage(3, 2, 1, 0)),
        reply.build());
  }

  @Test
  void assemblesCallsThatAreInterleaved() {
    reply.toolCall(new ToolCallPart(0, "x", "read", ""));
    reply.toolCall(new ToolCallPart(1, "y", "glob", "{\"a\""));
    reply.toolCall(new ToolCallPart(0, null, "", "{}"));
    reply.toolCall(new ToolCallPart(1, null, "", ":1}"));

    assertEquals(
        List.of(
            new Content.ToolCall("x", "read", "{}"),
            new Content.ToolCall("y", "glob", "{\"a\":1}")),
        reply.build().content());
  }

  @Test
  void tellsCallsApartThatAllHaveTheNumberZero() {
    reply.toolCall(new ToolCallPart(0, "x", "read", "{}"));
    reply.toolCall(new ToolCallPart(0, "y", "read", "{}"));

    assertEquals(
        List.of(new Content.ToolCall("x", "read", "{}"), new Content.ToolCall("y", "read", "{}")),
        reply.build().content());
  }

  @Test
  void givesCallsWithoutAnIdOneThatIsStable() {
    reply.toolCall(new ToolCallPart(0, null, "read", "{}"));
    reply.toolCall(new ToolCallPart(0, null, "glob", "{}"));

    assertEquals(
        List.of(
            new Content.ToolCall("call_3_0", "read", "{}"),
            new Content.ToolCall("call_3_1", "glob", "{}")),
        reply.build().content());
  }

  @ParameterizedTest
  @CsvSource({
    "stop,STOP",
    "length,LENGTH",
    "MAX_TOKENS,LENGTH",
    "content_filter,FILTERED",
    "novel,STOP"
  })
  void understandsWhyAModelStopped(String reason, Finish finish) {
    reply.finished(reason);

    assertEquals(finish, reply.build().finish());
  }

  @Test
  void aModelThatAsksForToolsWaitsForThemWhateverItSays() {
    reply.toolCall(new ToolCallPart(0, "x", "read", "{}"));
    reply.finished("stop");

    assertEquals(Finish.TOOL_CALLS, reply.build().finish());
  }
}
