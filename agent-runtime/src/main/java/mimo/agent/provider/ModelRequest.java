package mimo.agent.provider;

import java.util.List;
import java.util.OptionalLong;
import mimo.agent.message.Message;
import mimo.agent.tool.ToolSpec;

/// What a model is asked.
///
/// @param model the model's own id, without the provider
/// @param maxOutputTokens the most the reply may use, if limited
public record ModelRequest(
    String model,
    String system,
    List<Message> messages,
    List<ToolSpec> tools,
    OptionalLong maxOutputTokens) {
  public ModelRequest {
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
  }
}
