package mimo.engine;

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

  /// A step has ended.
  void settled(SettledEntry end);
}
