package mimo.sandbox.protocol;

/// The stream of frames cannot go on: what arrived is no frame, or a cap is reached.
public final class FrameException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;

  FrameException(String code, String message) {
    super(message);
    this.code = code;
  }

  /// `worker_protocol` or `value_too_large`.
  public String code() {
    return code;
  }

  static FrameException malformed(String what) {
    return new FrameException("worker_protocol", what);
  }

  static FrameException tooLarge(String what) {
    return new FrameException("value_too_large", what);
  }
}
