package mimo.engine.reuse;

/// What recorded steps are held against before their results are used again. Thread-safe.
public interface World {

  /// Whether a step that looked at the world would see the same now.
  boolean seesTheSame(RecordedStep step);

  /// Whether what the result of a step tells of is still there (D24).
  boolean stillHas(RecordedStep step);
}
