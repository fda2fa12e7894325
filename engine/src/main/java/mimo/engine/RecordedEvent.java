package mimo.engine;

import java.time.Instant;

/// An event at its place in a run: which one it is, and when it was written down (D55). Read back
/// later it is the same.
///
/// @param generation the numbering that was at work
/// @param number counted from 1 over all generations of the run, without gaps
public record RecordedEvent(RunId run, int generation, long number, Instant at, RunEvent event) {

  /// What no other event of any run is called.
  public String id() {
    return run + ":" + generation + ":" + number;
  }
}
