package mimo.cli.command.runs;

import java.util.List;
import java.util.Locale;
import mimo.engine.ControlRequest;

/// What people can want of a run, each with a command of its own (D45).
enum RunWish {
  PAUSE(
      "Stop a run so that it can be resumed exactly.",
      "paused",
      "Nothing new begins. Tool calls that run get five seconds to end. A run that nobody works on",
      "is marked as paused, so that nothing resumes it by itself."),
  CANCEL(
      "Stop a run for good.",
      "cancelled",
      "All its agents stop, those of scripts it runs among them. What they had not ended is lost."),
  STOP_AGENT(
      "Stop one agent; its run goes on without it.",
      "stopped",
      "The script gets null for it, as for any agent that is lost, with the reason stopped."),
  RETRY_AGENT(
      "Let one agent begin anew.",
      "begun anew",
      "An agent that works, or whose answer the script has not seen, starts over. Once the script",
      "has gone on with its answer it is too late: then let another run ask again.");

  private final String header;
  private final String done;
  private final String description;

  RunWish(String header, String done, String... description) {
    this.header = header;
    this.done = done;
    this.description = String.join("\n", description);
  }

  /// The name of the command.
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String header() {
    return header;
  }

  List<String> description() {
    return description.lines().toList();
  }

  /// What has become of the run, or of its agent.
  String done() {
    return done;
  }

  /// Whether it concerns one step, not the whole run.
  boolean isOfStep() {
    return switch (this) {
      case PAUSE, CANCEL -> false;
      case STOP_AGENT, RETRY_AGENT -> true;
    };
  }

  /// @param generation the one at work
  /// @param seq the step it concerns; 0 for the run
  ControlRequest request(int generation, int seq) {
    return switch (this) {
      case PAUSE -> new ControlRequest.Pause();
      case CANCEL -> new ControlRequest.Cancel();
      case STOP_AGENT -> new ControlRequest.StopAgent(generation, seq);
      case RETRY_AGENT -> new ControlRequest.RetryAgent(generation, seq);
    };
  }
}
