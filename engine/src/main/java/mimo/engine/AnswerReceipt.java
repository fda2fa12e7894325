package mimo.engine;

/// What became of an answer to a gate.
public sealed interface AnswerReceipt {

  /// It is the first, and counts.
  record Taken() implements AnswerReceipt {}

  /// It does not satisfy the gate's schema; the gate goes on waiting.
  record Misfit(String why) implements AnswerReceipt {}

  /// Somebody was first.
  record Late(GateAnswer first) implements AnswerReceipt {}

  /// No gate of that number is open.
  record NoGate() implements AnswerReceipt {}
}
