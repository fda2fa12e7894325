package mimo.compose;

/// A script, its arguments or its options cannot be used; said before anything runs.
///
/// Codes: `script_invalid`, `args_invalid`, `args_mismatch`, `bad_argument`.
public final class ComposeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;

  public ComposeException(String code, String message) {
    super(message);
    this.code = code;
  }

  public String code() {
    return code;
  }
}
