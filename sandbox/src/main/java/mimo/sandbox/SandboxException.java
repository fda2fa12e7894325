package mimo.sandbox;

/// The guest could not go on, for a reason that is no fault the script can catch.
///
/// Codes: `script_cpu`, `script_memory`, `value_too_large`, `worker_protocol`, `worker_died`,
/// `sandbox_unavailable`.
public final class SandboxException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;

  public SandboxException(String code, String message) {
    super(message);
    this.code = code;
  }

  public String code() {
    return code;
  }
}
