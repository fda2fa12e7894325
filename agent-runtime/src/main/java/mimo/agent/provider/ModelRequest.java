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
/// @param temperature how freely to speak; null leaves that to the model. None is sent to one that
///   is asked to think: those take no other than their own
public record ModelRequest(
    String model,
    String system,
    List<Message> messages,
    List<ToolSpec> tools,
    OptionalLong maxOutputTokens,
    @Nullable Thinking thinking,
    @Nullable Double temperature) {
  public ModelRequest {
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
    temperature = thinking == null || thinking.effort() == Effort.OFF ? temperature : null;
  }

  /// A request that leaves it to the model how freely it speaks.
  public ModelRequest(
      String model,
      String system,
      List<Message> messages,
      List<ToolSpec> tools,
      OptionalLong maxOutputTokens,
      @Nullable Thinking thinking) {
    this(model, system, messages, tools, maxOutputTokens, thinking, null);
  }

  /// A request that leaves it to the model how hard it thinks, too.
  public ModelRequest(
      String model,
      String system,
      List<Message> messages,
      List<ToolSpec> tools,
      OptionalLong maxOutputTokens) {
    this(model, system, messages, tools, maxOutputTokens, null);
  }

  /// The same request, for which the reply may use no more than this.
  public ModelRequest within(OptionalLong most) {
    return new ModelRequest(model, system, messages, tools, most, thinking, temperature);
  }
}
