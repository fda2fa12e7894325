package mimo.engine;

import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;
import mimo.engine.journal.Journal;
import mimo.engine.redaction.Redaction;
import mimo.engine.scheduling.Scheduler;
import mimo.engine.scheduling.Timers;

/// Everything the engine needs of the world.
///
/// @param activities who performs the steps of each kind
/// @param random for run ids, seeds and placeholder keys; a strong source in production
/// @param waiting who is there when a run has to wait
public record EnginePorts(
    Journal journal,
    Map<StepKind, Activity> activities,
    Scheduler scheduler,
    Redaction redaction,
    InstantSource clock,
    RandomGenerator random,
    Timers timers,
    Waiting waiting) {

  public EnginePorts {
    activities = Map.copyOf(activities);
  }

  /// Ports of runs that ask nothing, where nobody watches.
  public EnginePorts(
      Journal journal,
      Map<StepKind, Activity> activities,
      Scheduler scheduler,
      Redaction redaction,
      InstantSource clock,
      RandomGenerator random,
      Timers timers) {
    this(journal, activities, scheduler, redaction, clock, random, timers, Waiting.UNATTENDED);
  }

  /// Ports with the timers of the machine.
  public EnginePorts(
      Journal journal,
      Map<StepKind, Activity> activities,
      Scheduler scheduler,
      Redaction redaction,
      InstantSource clock,
      RandomGenerator random) {
    this(journal, activities, scheduler, redaction, clock, random, Timers.real());
  }
}
