package mimo.engine;

import java.util.Map;
import java.util.Optional;

/// What a running step may know of its run. Thread-safe.
public interface ActivityContext {

  RunId run();

  /// The step's number in its run, from 1.
  int seq();

  /// Stops the step when the run is cancelled, paused or out of time.
  CancellationToken cancellation();

  /// Cancelled when the step is to begin nothing more, because its run is being paused: what acts
  /// on the world meanwhile may come to its end, until [#cancellation()] follows some seconds later
  /// (D47). Never later than that one.
  default CancellationToken pausing() {
    return cancellation();
  }

  /// How often somebody wanted this step to begin anew (D46). What was said before that is no part
  /// of it any more.
  default int restarts() {
    return 0;
  }

  /// Charges usage as it arises, unit to amount, for example `output_tokens` to 312. Charged
  /// amounts count against the budget at once, and go to the journal without a wait: what a step
  /// that is cut off has used stays paid for (L97).
  void charge(Map<String, Long> usage);

  /// How much more this step may still use. Once that is exhausted the step must end with the code
  /// `budget`.
  Allowance allowance();

  /// Sets aside for this step alone, in place of what was before, as much as it needs or as can be
  /// had: others get a part of what is left, too. Whoever stays within that cannot overshoot,
  /// however many work at once (L95).
  ///
  /// @param most what is needed, unit to amount; of a unit that is not in it as much as can be had
  /// @return what is set aside
  Allowance claim(Map<String, Long> most);

  /// What an earlier step of this run left for later ones ([ActivityResult.Completed#memo]), as it
  /// is stored; empty if it left nothing.
  Optional<String> memo(int seq);

  /// What this step writes down while it works. After a crash the next attempt finds it, and goes
  /// on from there instead of beginning again (D26).
  Session session();
}
