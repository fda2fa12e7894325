package mimo.engine.redaction;

/// Replaces secrets in text by placeholders. Thread-safe; cleaning twice changes nothing more.
public interface Redactor {

  /// Leaves text as it is, where it has been cleaned before.
  Redactor NONE =
      new Redactor() {
        @Override
        public String clean(String text) {
          return text;
        }

        @Override
        public String cleanJson(String json) {
          return json;
        }
      };

  /// Cleans plain text. It keeps its number of lines.
  ///
  /// @throws mimo.engine.EngineException.RedactionFailed if it cannot be cleaned
  String clean(String text);

  /// Cleans JSON text: string values, member names, and scalars that are a secret as a whole. The
  /// result is the same text if nothing was found, and valid JSON in any case.
  ///
  /// @throws IllegalArgumentException if it has to be parsed for that, and is not JSON
  /// @throws mimo.engine.EngineException.RedactionFailed if it cannot be cleaned
  String cleanJson(String json);

  /// Cleans a word by which readers find things, such as a unit of a budget.
  default String cleanName(String name) {
    return clean(name);
  }
}
