package mimo.engine.journal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import mimo.engine.ActivityRequest;
import mimo.engine.Asked;
import mimo.engine.BudgetLimit;
import mimo.engine.ControlRequest;
import mimo.engine.GateAnswer;
import mimo.engine.Loss;
import mimo.engine.ParkReason;
import mimo.engine.Reused;
import mimo.engine.RunEvent;
import mimo.engine.RunOrigin;
import mimo.engine.RunRequest;
import mimo.engine.RunSettings;
import mimo.engine.SourcePosition;
import org.jspecify.annotations.Nullable;

/// One fact of a run (D3). Entries are never changed; a correction is another entry.
public sealed interface JournalEntry {

  /// The name of the entry's type in the store.
  String type();

  /// What the workflow does, in program order; a resume compares it one by one (D23).
  sealed interface ProgramEntry extends JournalEntry {}

  /// How a step ended; written in the order in which steps end.
  sealed interface SettledEntry extends JournalEntry {
    int seq();

    Map<String, Long> usage();
  }

  /// What a step of the engine itself waits for; written together with what asked for it.
  sealed interface WaitEntry extends JournalEntry {
    int seq();
  }

  /// What says that a request from outside was acted on; no request is acted on twice (D45).
  sealed interface ApplyingEntry extends JournalEntry {

    /// The id of the request; 0 if there was none.
    long request();
  }

  /// A generation of the run begins: the first, and with it the run, or one that continues it.
  ///
  /// @param seed the run's only source of randomness, in hex
  /// @param placeholderKey the key of the redactor's placeholders, in hex (D70)
  /// @param determinism the version of numbering, matching and delivery (D59)
  /// @param origin where it comes from; null for a run's first generation
  record RunStarted(
      RunRequest request,
      String seed,
      String placeholderKey,
      String engineVersion,
      int determinism,
      int generation,
      Instant at,
      @Nullable RunOrigin origin)
      implements JournalEntry {
    public static final String TYPE = "run_started";

    /// The first generation of a run that comes from nowhere.
    public RunStarted(
        RunRequest request,
        String seed,
        String placeholderKey,
        String engineVersion,
        int determinism,
        int generation,
        Instant at) {
      this(request, seed, placeholderKey, engineVersion, determinism, generation, at, null);
    }

    /// The same beginning, from another origin.
    public RunStarted from(RunOrigin other) {
      return new RunStarted(
          request, seed, placeholderKey, engineVersion, determinism, generation, at, other);
    }

    /// The same beginning, of another request.
    public RunStarted with(RunRequest other) {
      return new RunStarted(
          other, seed, placeholderKey, engineVersion, determinism, generation, at, origin);
    }

    /// The logical clock before the first delivery.
    public Instant begun() {
      return origin == null ? at : origin.begun();
    }

    @Override
    public String type() {
      return TYPE;
    }
  }

  /// A step was asked for.
  ///
  /// @param occurrence how often key and path were asked for before, counted from 0 (D31)
  record StepScheduled(int seq, ActivityRequest request, int occurrence) implements ProgramEntry {
    public static final String TYPE = "step_scheduled";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /// A step ended with a value.
  ///
  /// @param memo what it left for later steps that go on from it; null for nothing
  /// @param reused the step of an earlier generation whose value this is; null if it ran itself
  record StepCompleted(
      int seq,
      String value,
      Map<String, Long> usage,
      String report,
      @Nullable String memo,
      @Nullable Reused reused)
      implements SettledEntry {
    public static final String TYPE = "step_completed";

    public StepCompleted {
      usage = Map.copyOf(usage);
    }

    public StepCompleted(int seq, String value, Map<String, Long> usage, String report) {
      this(seq, value, usage, report, null);
    }

    /// A step that ran itself.
    public StepCompleted(
        int seq, String value, Map<String, Long> usage, String report, @Nullable String memo) {
      this(seq, value, usage, report, memo, null);
    }

    @Override
    public String type() {
      return TYPE;
    }
  }

  /// A step ended without a value.
  record StepFailed(int seq, String code, String message, Map<String, Long> usage, String report)
      implements SettledEntry {
    public static final String TYPE = "step_failed";

    public StepFailed {
      usage = Map.copyOf(usage);
    }

    @Override
    public String type() {
      return TYPE;
    }
  }

  /// The body of a step used something, which is paid for even if the step is cut off (L97). The
  /// entry in which the step ends repeats the sum of these.
  ///
  /// @param usage what is added to what the step had used before
  record StepSpent(int seq, Map<String, Long> usage) implements JournalEntry {
    public static final String TYPE = "step_spent";

    public StepSpent {
      usage = Map.copyOf(usage);
    }

    @Override
    public String type() {
      return TYPE;
    }
  }

  /// Settled steps were handed to the workflow, in this order, at this logical time. What settles
  /// together is handed over together, with one clock and one amount: at that moment both are true
  /// for each of the steps (S13).
  record Delivered(List<Integer> seqs, Instant clock, long spent) implements ProgramEntry {
    public static final String TYPE = "delivered";

    public Delivered {
      seqs = List.copyOf(seqs);
    }

    @Override
    public String type() {
      return TYPE;
    }
  }

  /// The workflow wrote a line.
  record LogWritten(String text) implements ProgramEntry {
    public static final String TYPE = "log_written";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /// The workflow entered a phase.
  record PhaseEntered(String title) implements ProgramEntry {
    public static final String TYPE = "phase_entered";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /// A part of the run got a budget of its own (L96).
  ///
  /// @param number counted from 1 in the order of opening
  /// @param parent the number of the budget around it; 0 for the run's own
  record BudgetOpened(int number, int parent, String name, BudgetLimit.Total limit)
      implements ProgramEntry {
    public static final String TYPE = "budget_opened";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /// A process took the run up again and has replayed all that came before.
  ///
  /// @param setAside how many damaged entries were set aside on the way (D15)
  record RunResumed(Instant at, int setAside) implements JournalEntry {
    public static final String TYPE = "run_resumed";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /// A step waits for a moment (D51).
  record TimerSet(int seq, Instant due) implements WaitEntry {
    public static final String TYPE = "timer_set";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /// The moment a step waited for has come; it ends without a value.
  record TimerFired(int seq, Instant due, Instant at) implements SettledEntry {
    public static final String TYPE = "timer_fired";

    @Override
    public Map<String, Long> usage() {
      return Map.of();
    }

    @Override
    public String type() {
      return TYPE;
    }
  }

  /// A step asks people (D53).
  ///
  /// @param schema what an answer must satisfy, as JSON text
  /// @param fallback what counts if nobody answers in time, as JSON text; null if nothing does
  /// @param expiry until when an answer may come; null for ever
  record GateOpened(
      int seq, String question, String schema, @Nullable String fallback, @Nullable Instant expiry)
      implements WaitEntry {
    public static final String TYPE = "gate_opened";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /// A question has its answer, with which its step ends.
  record GateAnswered(int seq, GateAnswer answer, Instant at) implements SettledEntry {
    public static final String TYPE = "gate_answered";

    @Override
    public Map<String, Long> usage() {
      return Map.of();
    }

    @Override
    public String type() {
      return TYPE;
    }
  }

  /// Every open step waited for time, people or a provider, and a process stayed all the same. It
  /// is no time of work (L102).
  record RunWaited(Instant from, Instant to) implements JournalEntry {
    public static final String TYPE = "run_waited";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /// Something of the run's launch changed that does not change what the run is (D19).
  record OptionsChanged(RunSettings before, RunSettings now, Instant at) implements JournalEntry {
    public static final String TYPE = "options_changed";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /// The run stopped because a step needs what is not to be had now; its open steps wait (D50).
  ///
  /// @param code a snake_case name, for example `provider_access`
  /// @param until when it is due; null if somebody must act
  record RunParked(
      ParkReason reason, String code, String message, @Nullable Instant until, Instant at)
      implements JournalEntry {
    public static final String TYPE = "run_parked";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /// The run stopped because somebody wanted it to; its open steps wait (D47).
  ///
  /// @param code `paused`, or `interrupted` if it was a signal
  record RunPaused(String code, String message, Instant at) implements JournalEntry {
    public static final String TYPE = "run_paused";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /// What somebody asked of the run is done; if it has an effect of its own, that comes next.
  ///
  /// @param action the word of the request ([mimo.engine.ControlRequest#word])
  /// @param seq the step it concerns; 0 for the run
  /// @param at when it was asked
  record ControlApplied(long request, String action, int seq, String who, Instant at)
      implements ApplyingEntry {
    public static final String TYPE = "control_applied";

    /// What says that this was done.
    public static ControlApplied of(Asked asked) {
      var seq = asked.request() instanceof ControlRequest.OfStep step ? step.seq() : 0;
      return new ControlApplied(asked.id(), asked.request().word(), seq, asked.who(), asked.at());
    }

    /// Whether a step begins anew, whatever came before.
    public boolean restarts() {
      return action.equals(ControlRequest.RetryAgent.WORD);
    }

    @Override
    public String type() {
      return TYPE;
    }
  }

  /// The run is over for good.
  record RunEnded(
      RunEvent.Status status,
      @Nullable String value,
      @Nullable String code,
      @Nullable String message,
      @Nullable SourcePosition position,
      List<Loss> losses,
      Map<String, Long> usage,
      Instant at)
      implements JournalEntry {
    public static final String TYPE = "run_ended";

    public RunEnded {
      losses = List.copyOf(losses);
      usage = Map.copyOf(usage);
    }

    @Override
    public String type() {
      return TYPE;
    }
  }

  /// Entries before this one were cleaned of something after they were written, and the chain was
  /// made anew (D71). The run can be continued, but not exactly resumed.
  ///
  /// @param oldHead the hash of the last entry as it was, in hex
  /// @param newHead the hash of the last entry as it is
  record Scrubbed(String oldHead, String newHead) implements JournalEntry {
    public static final String TYPE = "scrubbed";

    @Override
    public String type() {
      return TYPE;
    }
  }
}
