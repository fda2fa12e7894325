package mimo.engine.redaction;

/// Makes the redactor of one run.
@FunctionalInterface
public interface Redaction {

  /// A redactor whose placeholders carry this key.
  ///
  /// @param placeholderKey hex; equal keys give equal placeholders for equal secrets (D70)
  Redactor forRun(String placeholderKey);
}
