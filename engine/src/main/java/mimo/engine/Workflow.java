package mimo.engine;

/// A program the engine can run: deterministic but for the steps it asks for.
///
/// Given the same [RunScope#arguments], seed and deliveries it asks for the same steps in the same
/// order. That is what makes a resume exact.
public interface Workflow {

  /// Runs to the end on the run's own thread. Everything it observes comes from `scope`.
  ///
  /// @return how the program ended; a fault of the program is a value too
  /// @throws InterruptedException if the run is being stopped
  WorkflowResult execute(RunScope scope) throws InterruptedException;
}
