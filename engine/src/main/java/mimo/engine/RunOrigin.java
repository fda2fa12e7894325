package mimo.engine;

import java.time.Instant;

/// Where a generation of a run comes from, if it is not the run's first one.
public sealed interface RunOrigin {

  /// The logical time at which the first of all generations began: the clock never goes back, and
  /// dates in what is asked for stay what they were (D33).
  Instant begun();

  /// Opened by continuing the run.
  record Continued(Instant begun) implements RunOrigin {}

  /// Forked off another run, whose entries before a step it shares (D38).
  ///
  /// @param source the other run
  /// @param records how many records the other run's stream had; later ones are none of the fork's
  /// @param step the first step that is the fork's own; it names the other run's generation too
  /// @param later whether what the other run did from that step on may be reused
  record Forked(RunId source, long records, StepRef step, Later later, Instant begun)
      implements RunOrigin {

    /// The same fork, of a run that has another id here.
    public Forked of(RunId other) {
      return new Forked(other, records, step, later, begun);
    }
  }

  /// What becomes of the source's steps after the cut.
  enum Later {
    /// Steps of the fork match them.
    REUSED,
    /// They are as if they had never been.
    FORGOTTEN
  }
}
