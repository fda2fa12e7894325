package mimo.agent.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import mimo.agent.message.Content;
import mimo.agent.message.Content.Seal;
import mimo.agent.message.Message;
import mimo.agent.message.Message.Status;
import mimo.agent.message.Message.ToolAnswer;
import mimo.agent.provider.Effort;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.Thinking;
import mimo.agent.provider.Thinking.Manner;
import mimo.agent.tool.ToolSpec;
import mimo.agent.tool.ToolSpec.Effect;

/// Requests that a writer of any protocol must be able to write.
public final class SampleRequests {

  private static final ToolSpec READ =
      new ToolSpec(
          "read",
          "Reads a file.",
          "{\"type\":\"object\",\"properties\":{\"file_path\":{\"type\":\"string\"}},"
              + "\"required\":[\"file_path\"]}",
          Effect.READS);

  /// Two turns, parallel calls with one error, thoughts nobody sealed.
  public static final ModelRequest CONVERSATION =
      request(
          OptionalLong.of(4096),
          new Message.User("Read \"a\" and b\n\u00e9\uD83D\uDE80"),
          new Message.Model(
              List.of(
                  new Content.Reasoning("Both at once."),
                  new Content.ToolCall("call_1", "read", "{\"file_path\":\"a\"}"),
                  new Content.ToolCall("call_2", "read", ""))),
          new Message.Tools(
              List.of(
                  new ToolAnswer("call_1", "1\tfirst", Status.OK),
                  new ToolAnswer("call_2", "file_path is missing", Status.ERROR))),
          new Message.Model(
              List.of(new Content.Reasoning("Enough."), new Content.Text("It says first."))),
          new Message.User("Thanks. And?"));

  /// Thoughts that a provider called `acme` sealed, one of them hidden.
  public static final ModelRequest SEALED =
      request(
          OptionalLong.empty(),
          new Message.User("Read a."),
          new Message.Model(
              List.of(
                  new Content.Reasoning(
                      "Hm.",
                      new Seal(
                          "acme",
                          "{\"type\":\"thinking\",\"thinking\":\"Hm.\",\"signature\":\"c2ln\"}")),
                  new Content.Reasoning(
                      "",
                      new Seal("acme", "{\"type\":\"redacted_thinking\",\"data\":\"ZGF0YQ==\"}")),
                  new Content.ToolCall("c1", "read", "{\"file_path\":\"a\"}"))),
          new Message.Tools(List.of(new ToolAnswer("c1", "1\ta", Status.OK))));

  /// Neighbours of one side, blank words, arguments that are cut or no object.
  public static final ModelRequest UNEVEN =
      request(
          OptionalLong.empty(),
          new Message.User("first"),
          new Message.Model(List.of(new Content.Text("\n\n"), new Content.Reasoning("nothing"))),
          new Message.User("second"),
          new Message.Model(
              List.of(
                  new Content.Text(" "),
                  new Content.ToolCall("c1", "read", "{\"file_path\":\"a"),
                  new Content.ToolCall("c2", "read", "[1]"))),
          new Message.Tools(
              List.of(
                  new ToolAnswer("c1", "cut", Status.ERROR),
                  new ToolAnswer("c2", "", Status.ERROR))),
          new Message.User("go on"));

  private SampleRequests() {}

  /// All of them.
  public static List<ModelRequest> all() {
    var all = new ArrayList<>(List.of(CONVERSATION, SEALED, UNEVEN));
    for (var effort : Effort.values()) {
      for (var manner : Manner.values()) {
        all.add(thinking(new Thinking(effort, manner), 16_000));
      }
    }
    return all;
  }

  /// A question to think about.
  public static ModelRequest thinking(Thinking thinking, long maxOutputTokens) {
    return new ModelRequest(
        "gpt-5-mini",
        "",
        List.of(new Message.User("Why?")),
        List.of(),
        OptionalLong.of(maxOutputTokens),
        thinking);
  }

  /// The same request with another conversation.
  public static ModelRequest with(List<Message> messages) {
    return request(OptionalLong.empty(), messages.toArray(Message[]::new));
  }

  private static ModelRequest request(OptionalLong limit, Message... messages) {
    return new ModelRequest(
        "gpt-5-mini", "You are a careful reader.", List.of(messages), List.of(READ), limit);
  }
}
