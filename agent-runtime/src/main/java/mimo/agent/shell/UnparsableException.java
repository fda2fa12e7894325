package mimo.agent.shell;

/// Reading has come to something that is not understood. It never leaves this package.
final class UnparsableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String reason;

  UnparsableException(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
