package mimo.agent.message;

/// One piece of what a model says.
public sealed interface Content {

  /// Words for the user.
  record Text(String text) implements Content {}

  /// Words of the model to itself, where the provider shows them.
  record Reasoning(String text) implements Content {}

  /// The model asks for a tool.
  ///
  /// @param id unique within its conversation
  /// @param arguments JSON text as the model sent it, not yet checked
  record ToolCall(String id, String tool, String arguments) implements Content {}
}
