package mimo.agent.tool;

/// How a tool is presented to a model.
///
/// @param name snake_case
/// @param description one to three sentences to the model
/// @param schema the JSON Schema of its arguments, as JSON text
/// @param effect whether it changes anything
public record ToolSpec(String name, String description, String schema, Effect effect) {

  /// What a tool does to the world; adjacent reads may run side by side (A4).
  public enum Effect {
    READS,
    CHANGES
  }
}
