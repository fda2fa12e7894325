package mimo.agent.mcp.rpc;

/// A question got no answer.
public final class RpcException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /// Why there is none.
  public enum Kind {
    /// Whoever was asked says so.
    REFUSED,
    /// It took too long.
    TIMED_OUT,
    /// Nobody is there any more, or nobody ever was.
    CLOSED
  }

  public RpcException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /// What went wrong, for people; there always is something.
  public String words() {
    return String.valueOf(getMessage());
  }
}
