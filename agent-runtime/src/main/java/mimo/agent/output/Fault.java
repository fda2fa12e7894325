package mimo.agent.output;

/// One thing wrong with an answer.
///
/// @param pointer where, as a JSON Pointer; empty for the whole
/// @param message what
public record Fault(String pointer, String message) {

  @Override
  public String toString() {
    return (pointer.isEmpty() ? "the answer" : pointer) + ": " + message;
  }
}
