package mimo.engine;

/// Follows a run. Called in order, one call at a time, off the run's own thread: a slow listener
/// delays nothing but itself.
public interface RunListener {

  /// Something is durable. The numbers of a run's events have no gaps.
  void recorded(RecordedEvent recorded);

  /// The body of a step starts to run. Ephemeral: not journaled, and not repeated by a resume.
  void stepStarted(RunId run, int seq);

  /// All that is open waits for time, people or a provider, as this shows; nothing in it: the run
  /// goes on. Ephemeral.
  default void rests(RunId run, Standstill standstill) {}

  /// A listener that hears nothing.
  static RunListener none() {
    return new RunListener() {
      @Override
      public void recorded(RecordedEvent recorded) {}

      @Override
      public void stepStarted(RunId run, int seq) {}
    };
  }
}
