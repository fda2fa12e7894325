package mimo.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something that happened in a run and is durable. One event projects one journal entry, so the
/// sequence of events is equal live and read back later.
public sealed interface RunEvent {

  /// The run exists, or a generation that continues it begins. `options` and `arguments` are JSON
  /// text.
  ///
  /// @param generation counted from 0; numbers of steps begin anew with each
  /// @param origin where it comes from; null for the first generation of a run that is no fork
  record Started(
      String workflow,
      String arguments,
      String options,
      int generation,
      @Nullable RunOrigin origin,
      Instant at)
      implements RunEvent {

    /// A run begins.
    public Started(String workflow, String arguments, String options, Instant at) {
      this(workflow, arguments, options, 0, null, at);
    }
  }

  /// A step was asked for; it waits for its limit, then runs.
  record StepScheduled(
      int seq,
      StepKind kind,
      String label,
      String phase,
      String path,
      @Nullable SourcePosition position)
      implements RunEvent {}

  /// A step ended with a value.
  ///
  /// @param usage what it used, unit to amount
  /// @param report what it did, as a JSON object ([ActivityResult#report])
  /// @param reused whose value it is; null if the step ran itself
  record StepCompleted(
      int seq, String value, Map<String, Long> usage, String report, @Nullable Reused reused)
      implements RunEvent {
    public StepCompleted {
      usage = Map.copyOf(usage);
    }

    /// A step that ran itself.
    public StepCompleted(int seq, String value, Map<String, Long> usage, String report) {
      this(seq, value, usage, report, null);
    }
  }

  /// A step ended without a value.
  record StepFailed(int seq, String code, String message, Map<String, Long> usage, String report)
      implements RunEvent {
    public StepFailed {
      usage = Map.copyOf(usage);
    }
  }

  /// The body of a step used something.
  ///
  /// @param usage what is added to what the step had used before, unit to amount; the event with
  ///   which the step ends has the sum
  record StepSpent(int seq, Map<String, Long> usage) implements RunEvent {
    public StepSpent {
      usage = Map.copyOf(usage);
    }
  }

  /// Settled steps were handed to the workflow, in this order.
  record Delivered(List<Integer> seqs, Instant clock, long spent) implements RunEvent {
    public Delivered {
      seqs = List.copyOf(seqs);
    }
  }

  /// The workflow wrote a line.
  record LogWritten(String text) implements RunEvent {}

  /// The workflow entered a phase.
  record PhaseEntered(String title) implements RunEvent {}

  /// A part of the run got a budget of its own.
  ///
  /// @param number counted from 1 in the order of opening
  /// @param parent the number of the budget around it; 0 for the run's own
  record BudgetOpened(int number, int parent, String name, BudgetLimit.Total limit)
      implements RunEvent {}

  /// Another process took the run up, at this time.
  ///
  /// @param setAside how many damaged entries at the journal's end were set aside on the way
  record Resumed(Instant at, int setAside) implements RunEvent {}

  /// Something of the run's launch is not as it was (D19).
  record OptionsChanged(RunSettings before, RunSettings now, Instant at) implements RunEvent {}

  /// The run stopped until the world outside has changed.
  ///
  /// @param code a snake_case name, for example `provider_access`
  /// @param until when it is due; null if somebody must act
  record Parked(ParkReason reason, String code, String message, @Nullable Instant until, Instant at)
      implements RunEvent {}

  /// A step waits for a moment.
  record TimerSet(int seq, Instant due) implements RunEvent {}

  /// That moment has come: the step ended.
  record TimerFired(int seq, Instant due, Instant at) implements RunEvent {}

  /// A step asks people.
  ///
  /// @param schema what an answer must satisfy, as JSON text
  /// @param fallback what counts if nobody answers in time, as JSON text; null if nothing does
  /// @param expiry until when an answer may come; null for ever
  record GateOpened(
      int seq, String question, String schema, @Nullable String fallback, @Nullable Instant expiry)
      implements RunEvent {}

  /// It has its answer: the step ended.
  ///
  /// @param value JSON text
  /// @param who gave it; empty if nobody did
  /// @param channel how it came: `terminal`, `command`, or `expiry` and `headless` for the fallback
  record GateAnswered(int seq, String value, String who, String channel, Instant at)
      implements RunEvent {}

  /// The run could do nothing but wait, in a process that stayed.
  record Waited(Instant from, Instant to) implements RunEvent {}

  /// The run stopped because somebody wanted it to, and can be resumed.
  ///
  /// @param code `paused`, or `interrupted` if it was a signal
  record Paused(String code, String message, Instant at) implements RunEvent {}

  /// What somebody asked of the run from outside was done.
  ///
  /// @param request grows with each request
  /// @param action its word, for example `stop-agent`
  /// @param seq the step it concerns; 0 for the run
  /// @param at when it was asked
  record ControlApplied(long request, String action, int seq, String who, Instant at)
      implements RunEvent {}

  /// The run is over for good.
  ///
  /// @param value the result as JSON text; null unless completed
  /// @param code a snake_case name; null if completed
  record Ended(
      Status status,
      @Nullable String value,
      @Nullable String code,
      @Nullable String message,
      @Nullable SourcePosition position,
      List<Loss> losses,
      Map<String, Long> usage,
      Instant at)
      implements RunEvent {
    public Ended {
      losses = List.copyOf(losses);
      usage = Map.copyOf(usage);
    }
  }

  /// Earlier events were cleaned of something after they had happened (D71).
  ///
  /// @param oldHead what the journal's last hash was, in hex
  /// @param newHead what it is
  record Scrubbed(String oldHead, String newHead) implements RunEvent {}

  /// How a run ended for good.
  enum Status {
    COMPLETED,
    FAILED,
    CANCELLED
  }
}
