package mimo.engine;

import java.time.Instant;

/// A settled step, handed to the workflow. It is durable by the time the workflow sees it.
///
/// @param seq the step's number, as [RunScope#schedule] returned it
/// @param outcome what is stored for the step
/// @param clock the run's logical time from here on, to the millisecond; it never goes back
/// @param spent what the run has used of the budget's unit so far
public record Delivery(int seq, StepOutcome outcome, Instant clock, long spent) {}
