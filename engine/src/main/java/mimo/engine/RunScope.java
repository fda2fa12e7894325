package mimo.engine;

import java.time.Instant;
import java.util.List;

/// Everything a [Workflow] can see and ask for. Confined to the run's thread.
///
/// In a resumed run the same calls are answered from the journal until it is used up; the workflow
/// cannot tell the difference.
public interface RunScope {

  RunId id();

  /// The run's arguments as JSON text.
  String arguments();

  /// 32 bytes in hex, drawn once per run and journaled: the only source of randomness.
  String seed();

  /// When the run first started: the logical clock before the first delivery.
  Instant startedAt();

  /// Asks for a step. Its body starts once this request is durable; its outcome comes with a later
  /// [#awaitDeliveries].
  ///
  /// @return the step's number, from 1 without gaps
  /// @throws EngineException.DeterminismViolation if the journal holds another request at this
  ///   place
  int schedule(ActivityRequest request);

  /// Wants to do a part of the workflow that has an end and a value of its own, such as another
  /// workflow that runs inside this one. What is asked for in it says so
  /// ([ActivityRequest#within]). Where nothing is written down, there are no parts.
  ///
  /// @param request of the kind [StepKind#NESTED]
  default Entrance enter(ActivityRequest request) {
    return new Entrance.Entered(0);
  }

  /// A part that was entered has come to its end.
  ///
  /// @param part its number; 0 says nothing
  /// @param outcome a value if nothing was lost in it: then it need not happen again
  default void leave(int part, StepOutcome outcome) {}

  /// The workflow has no use any more for a step it has asked for: a body that runs is stopped, one
  /// that waits does not start, and a resume starts it no more. It is delivered all the same, with
  /// whatever came of it.
  void abandon(int seq);

  /// Writes a line to the run's log, once, however often the run is resumed.
  void log(String text);

  /// Enters a phase, for people who follow the run.
  void enterPhase(String title);

  /// Opens a budget for a part of the run: what its steps use counts against it and against each
  /// budget around it, and the strictest of them holds (L96).
  ///
  /// @param parent the budget around it; 0 for the run's own
  /// @param name whose it is, for messages such as "the budget of … is spent"
  /// @return its number, for [ActivityRequest#withBudget]
  /// @throws IllegalStateException beyond [EngineLimits#SUB_BUDGETS]
  int openBudget(int parent, String name, BudgetLimit.Total limit);

  /// How many steps are asked for and not yet delivered.
  int openSteps();

  /// Waits until at least one open step has settled, and returns the settled ones in the order in
  /// which the workflow must take them. That order is durable before this method returns.
  ///
  /// @throws IllegalStateException if no step is open: the wait would never end
  /// @throws InterruptedException if the run is being stopped
  List<Delivery> awaitDeliveries() throws InterruptedException;

  /// Cancelled when the run must stop: whoever blocks elsewhere for the workflow listens to it.
  CancellationToken cancellation();
}
