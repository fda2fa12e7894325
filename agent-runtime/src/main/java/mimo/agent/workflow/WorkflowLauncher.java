package mimo.agent.workflow;

import java.util.List;
import java.util.Optional;
import mimo.agent.tool.Tool;
import org.jspecify.annotations.Nullable;

/// The workflows there are, and their runs, whoever works on them. Thread-safe. What cannot be done
/// is told in words for a model.
public interface WorkflowLauncher {

  /// One line for each workflow that has a name.
  List<String> list();

  /// Starts a run.
  ///
  /// @param script which
  /// @param arguments as JSON text; null for none
  Launched start(Script script, @Nullable String arguments) throws InterruptedException;

  /// Takes a run up again, exactly where it stopped.
  ///
  /// @param run its id, or the first digits
  Launched resume(String run) throws InterruptedException;

  /// How a run stands, whoever works on it.
  Tool.Result status(String run);

  /// Stops a run for good.
  Tool.Result cancel(String run) throws InterruptedException;

  /// Puts a question that a run waits for to the user, and passes the answer on.
  ///
  /// @param step the step that asks; null if there is one alone
  Answered answer(String run, @Nullable Integer step) throws InterruptedException;

  /// How a run ended; empty if it did not, or is not there.
  Optional<Ended> ended(String run);

  /// Which script is to run.
  sealed interface Script {

    /// The one that has this name here.
    record Named(String name) implements Script {}

    /// The one in this file of the workspace.
    record InFile(String path) implements Script {}
  }

  /// What became of a start.
  sealed interface Launched {
    record Working(LiveRun run) implements Launched {}

    record Refused(String why) implements Launched {}
  }

  /// What became of a question.
  sealed interface Answered {

    /// @param run its id
    /// @param text what was answered, for the model
    record Taken(String run, String text) implements Answered {}

    record Refused(String why) implements Answered {}
  }

  /// A run this process works on.
  interface LiveRun extends AutoCloseable {

    String id();

    /// Waits until it ends, or stands still until somebody does something.
    Ended await() throws InterruptedException;

    /// Stops it so that it can be resumed. May be called from any thread.
    void pause();

    @Override
    void close();
  }

  /// What a run has come to.
  ///
  /// @param run its id
  /// @param status for example `completed` or `parked`
  /// @param over whether it has ended for good
  /// @param text its result, or why there is none
  record Ended(String run, String status, boolean over, String text) {}
}
