package mimo.engine;

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

  /// Cannot go on until the world outside has changed, and neither can any other step that needs
  /// the same: the run parks at once, the step stays open, and a resume starts it again (D54, D73).
  ///
  /// @param code a snake_case name, for example `provider_access`
  /// @param message what stands in the way, for people
  record Suspended(ParkReason reason, String code, String message) implements ActivityResult {
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
