package mimo.agent.provider.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import mimo.agent.message.Content;
import mimo.agent.message.Content.Seal;
import mimo.agent.provider.ModelReply.Completed;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.TokenUsage;
import mimo.agent.provider.wire.ModelEvent.ToolCallPart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplyBuilderTest {

  private final ReplyBuilder reply = new ReplyBuilder("call_3_");

  @Test
  void keepsTheOrderInWhichThingsWereSaid() {
    reply.reasoning("hm");
    reply.reasoning("m");
    reply.text("a");
    reply.toolCall(new ToolCallPart(0, "x", "read", "{"));
    reply.toolCall(new ToolCallPart(0, null, "", "}"));
    reply.text("b");
    reply.used(new TokenUsage(3, 2, 1, 0));

    assertEquals(
        new Completed(
            List.of(
                new Content.Reasoning("hmm"),
                new Content.Text("a"),
                new Content.ToolCall("x", "read", "{}"),
                new Content.Text("b")),
            Finish.TOOL_CALLS,
            new TokenUsage(3, 2, 1, 0)),
        reply.build(Finish.STOP));
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
        reply.build(Finish.STOP).content());
  }

  @Test
  void tellsCallsApartThatAllHaveTheNumberZero() {
    reply.toolCall(new ToolCallPart(0, "x", "read", "{}"));
    reply.toolCall(new ToolCallPart(0, "y", "read", "{}"));

    assertEquals(
        List.of(new Content.ToolCall("x", "read", "{}"), new Content.ToolCall("y", "read", "{}")),
        reply.build(Finish.STOP).content());
  }

  @Test
  void givesCallsWithoutAnIdOneThatIsStable() {
    reply.toolCall(new ToolCallPart(0, null, "read", "{}"));
    reply.toolCall(new ToolCallPart(0, null, "glob", "{}"));

    assertEquals(
        List.of(
            new Content.ToolCall("call_3_0", "read", "{}"),
            new Content.ToolCall("call_3_1", "glob", "{}")),
        reply.build(Finish.STOP).content());
  }

  @Test
  void givesAThoughtItsSealAndHidesWhatIsOnlyASeal() {
    var first = new Seal("acme", "{\"signature\":\"1\"}");
    var second = new Seal("acme", "{\"signature\":\"2\"}");
    var hidden = new Seal("acme", "{\"data\":\"x\"}");
    reply.reasoning("hm");
    reply.seal(first);
    reply.reasoning("so");
    reply.seal(second);
    reply.seal(hidden);

    assertEquals(
        List.of(
            new Content.Reasoning("hm", first),
            new Content.Reasoning("so", second),
            new Content.Reasoning("", hidden)),
        reply.build(Finish.STOP).content());
  }

  @ParameterizedTest
  @EnumSource(names = {"LENGTH", "FILTERED"})
  void aCutReplyIsCutWhateverItAskedFor(Finish finish) {
    reply.toolCall(new ToolCallPart(0, "x", "read", "{}"));

    assertEquals(finish, reply.build(finish).finish());
  }

  @Test
  void aModelThatAsksForToolsWaitsForThemWhateverItSays() {
    reply.toolCall(new ToolCallPart(0, "x", "read", "{}"));

    assertEquals(Finish.TOOL_CALLS, reply.build(Finish.STOP).finish());
  }
}
