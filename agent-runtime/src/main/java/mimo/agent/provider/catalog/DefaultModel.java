package mimo.agent.provider.catalog;

/// The model used where nobody named one.
public sealed interface DefaultModel {

  /// This model.
  ///
  /// @param reference `provider/id`
  /// @param why one line that says what was chosen and for what reason
  record Chosen(String reference, String why) implements DefaultModel {}

  /// Nothing to choose from; `message` names the key variables and `--model offline`.
  record None(String message) implements DefaultModel {}
}
