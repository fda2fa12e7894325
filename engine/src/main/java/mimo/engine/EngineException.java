package mimo.engine;

import org.jspecify.annotations.Nullable;

/// The world of the engine is broken in a way that a caller must be told of. Each kind has the
/// stable snake_case [#code()] that users, specs and journals share.
public abstract sealed class EngineException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;

  private EngineException(String code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public final String code() {
    return code;
  }

  /// The workflow asks for something else than the journal holds (D23). Never retried.
  public static final class DeterminismViolation extends EngineException {
    private static final long serialVersionUID = 1L;

    public DeterminismViolation(String message) {
      super("determinism_violation", message, null);
    }
  }

  /// The store cannot be used: `store_corrupt`, `store_newer`, `store_full`, `store_readonly`,
  /// `store_location` or `store_failed`.
  public static final class StoreFailure extends EngineException {
    private static final long serialVersionUID = 1L;

    public StoreFailure(String code, String message, @Nullable Throwable cause) {
      super(code, message, cause);
    }
  }

  /// Another process owns the run (`run_live`) or the session (`session_locked`), or took it over
  /// (`fenced`).
  public static final class LeaseRefused extends EngineException {
    private static final long serialVersionUID = 1L;

    private final String owner;

    public LeaseRefused(String code, String message) {
      this(code, message, "another process");
    }

    /// @param owner who has it, as people are told, such as `process 7 on this host`
    public LeaseRefused(String code, String message, String owner) {
      super(code, message, null);
      this.owner = owner;
    }

    public String owner() {
      return owner;
    }
  }

  /// The run cannot be resumed, forked or found as asked: `run_unknown`, `run_ambiguous`,
  /// `run_ended`, `run_scrubbed`, `step_unknown`, `determinism_newer`, `script_changed`,
  /// `arguments_changed` or `options_changed`.
  public static final class ResumeRefused extends EngineException {
    private static final long serialVersionUID = 1L;

    public ResumeRefused(String code, String message) {
      super(code, message, null);
    }
  }

  /// The run must stay, since another one needs it: `run_needed`.
  public static final class RemovalRefused extends EngineException {
    private static final long serialVersionUID = 1L;

    public RemovalRefused(String message) {
      super("run_needed", message, null);
    }
  }

  /// There is no such session, or not one alone: `session_unknown` or `session_ambiguous`.
  public static final class SessionRefused extends EngineException {
    private static final long serialVersionUID = 1L;

    public SessionRefused(String code, String message) {
      super(code, message, null);
    }
  }

  /// A file that should hold an exported run or session does not: `archive_invalid` or
  /// `archive_newer`.
  public static final class ArchiveRefused extends EngineException {
    private static final long serialVersionUID = 1L;

    public ArchiveRefused(String code, String message, @Nullable Throwable cause) {
      super(code, message, cause);
    }
  }

  /// A text could not be cleaned of secrets, so it was not written (M13).
  public static final class RedactionFailed extends EngineException {
    private static final long serialVersionUID = 1L;

    public RedactionFailed(String message, @Nullable Throwable cause) {
      super("redaction_failed", message, cause);
    }
  }
}
