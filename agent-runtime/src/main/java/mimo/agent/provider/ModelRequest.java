package mimo.agent.provider;

import java.util.List;
import java.util.OptionalLong;
import mimo.agent.message.Message;
import mimo.agent.tool.ToolSpec;
import org.jspecify.annotations.Nullable;

/// What a model is asked.
///
/// @param model the model's own id, without the provider
/// @param maxOutputTokens the most the reply may use, if limited
/// @param thinking how hard to think; null leaves that to the model
public record ModelRequest(
    String model,
    String system,
    List<Message> messages,
    List<ToolSpec> tools,
    OptionalLong maxOutputTokens,
    @Nullable Thinking thinking) {
  public ModelRequest {
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
  }

  /// A request that leaves it to the model how hard it thinks.
  public ModelRequest(
      String model,
      String system,
      List<Message> messages,
      List<ToolSpec> tools,
      OptionalLong maxOutputTokens) {
    this(model, system, messages, tools, maxOutputTokens, null);
  }
}
