package mimo.agent;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Passes on what happens now. A turn that was over before the program was stopped was heard then,
/// and is not told again. Thread-safe as its listener is.
final class PresentEvents implements Consumer<AgentEvent> {

  private final BooleanSupplier over;
  private final Consumer<AgentEvent> listener;
  private volatile boolean silent;

  /// @param over whether the turn that begins was over before
  PresentEvents(BooleanSupplier over, Consumer<AgentEvent> listener) {
    this.over = over;
    this.listener = listener;
  }

  @Override
  public void accept(AgentEvent event) {
    if (event instanceof AgentEvent.StepStart) {
      silent = over.getAsBoolean();
    }
    if (!silent) {
      listener.accept(event);
    }
    if (event instanceof AgentEvent.StepEnd) {
      silent = false;
    }
  }
}
