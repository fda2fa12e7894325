package mimo.engine;

import java.util.Map;

/// What a running step may know of its run. Thread-safe.
public interface ActivityContext {

  RunId run();

  /// The step's number in its run, from 1.
  int seq();

  /// Stops the step when the run is cancelled, paused or out of time.
  CancellationToken cancellation();

  /// Charges usage as it arises, unit to amount, for example `output_tokens` to 312. Charged
  /// amounts count against the budget at once, and go to the journal without a wait: what a step
  /// that is cut off has used stays paid for (L97).
  void charge(Map<String, Long> usage);

  /// How much more of the budget's unit this step may still use; [Long#MAX_VALUE] without a budget.
  /// At 0 the step must end with the code `budget`.
  long allowance();
}
