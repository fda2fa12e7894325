package mimo.agent.output;

/// A schema no answer could be asked for with; carries the message for the author. It never leaves
/// this package.
final class SchemaFaultException extends Exception {

  private static final long serialVersionUID = 1L;

  SchemaFaultException(String pointer, String message) {
    super("schema" + (pointer.isEmpty() ? "" : " at " + pointer) + ": " + message);
  }
}
