package mimo.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How an activity ended. Usage is not in it: it is charged while it arises, by
/// [ActivityContext#charge].
public sealed interface ActivityResult {

  /// What the activity did, for people, as a JSON object (tool calls, turns, the model that
  /// answered). Journaled with the step; never shown to the workflow.
  String report();

  /// Ended with a value.
  ///
  /// @param value JSON text, handed to the workflow as it is stored
  /// @param memo JSON text for later steps that go on from this one ([ActivityContext#memo]); it is
  ///   stored with the value, and never shown to the workflow
  record Completed(String value, String report, @Nullable String memo) implements ActivityResult {
    public Completed(String value, String report) {
      this(value, report, null);
    }
  }

  /// Ended without a value.
  ///
  /// @param code a snake_case name, for example `timeout`
  /// @param message one sentence for people, without host paths or class names
  record Failed(String code, String message, String report) implements ActivityResult {}

  /// Cannot go on until the world outside has changed; the step stays open and counts no attempt
  /// (D54, D73).
  ///
  /// Where time mends it, as with a usage limit, the step starts again then, and others go on.
  /// Where the user must act, the run parks at once: whatever needs the same would fail the same.
  ///
  /// @param code a snake_case name, for example `provider_access`
  /// @param message what stands in the way, for people
  /// @param until when to try again; null if nobody knows
  record Suspended(ParkReason reason, String code, String message, @Nullable Instant until)
      implements ActivityResult {
    public Suspended(ParkReason reason, String code, String message) {
      this(reason, code, message, null);
    }

    @Override
    public String report() {
      return "{}";
    }
  }

  /// Stopped because the run was cancelled; nothing is journaled and a resume starts it again.
  record Cancelled() implements ActivityResult {
    @Override
    public String report() {
      return "{}";
    }
  }
}
