package mimo.engine;

import java.util.Optional;
import mimo.engine.journal.JournalEntry.SettledEntry;
import mimo.engine.journal.JournalEntry.StepSpent;

/// What a run hears of its steps while their bodies work. Thread-safe.
interface StepWatch {

  /// The body of this step starts.
  void started(int seq);

  /// A body used something.
  ///
  /// @return whether it counts; what is used after the run's end is nobody's
  boolean spent(StepSpent spent);

  /// What an earlier step left, as it is stored.
  Optional<String> memo(int seq);

  /// A step cannot go on, and nobody gets further. When this returns the run is being stopped, and
  /// no other body starts.
  void refused(ActivityResult.Suspended why);

  /// A step cannot go on for now, and its body has left.
  void suspended(Step step, ActivityResult.Suspended why);

  /// What a step writes down while its body works. Each time it begins anew it has another one.
  Session session(int seq, int restarts);

  /// What a step needs of the engine cannot be had. When this returns the run is being stopped.
  void broken(EngineException cause);

  /// A step has ended.
  void settled(SettledEntry end);

  /// A step has ended because somebody wanted it to (D46).
  void stopped(Asked asked, SettledEntry end);

  /// Somebody wants a step to begin anew; its former body is over.
  ///
  /// @param step the same step, as it begins
  void beginsAnew(Asked asked, Step step);
}
