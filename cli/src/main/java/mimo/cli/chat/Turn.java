package mimo.cli.chat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mimo.agent.AgentEvent;
import mimo.agent.TurnOutcome;
import mimo.cli.error.CommandException;
import mimo.engine.CancellationSource;
import mimo.engine.EngineException;
import org.jspecify.annotations.Nullable;

/// One turn of the conversation, on a thread of its own. Thread-safe.
final class Turn {

  private final Instant since;
  private final Inbox inbox = new Inbox();
  private final CancellationSource cancellation = new CancellationSource();
  private final Thread thread;
  private volatile @Nullable Outcome outcome;

  /// How it ended.
  sealed interface Outcome {

    record Ended(TurnOutcome how) implements Outcome {}

    /// It could not be had at all.
    record Broken(String message) implements Outcome {}
  }

  private Turn(Partner partner, String text, Instant since) {
    this.since = since;
    this.thread = Thread.ofVirtual().name("turn").unstarted(() -> outcome = had(partner, text));
  }

  static Turn start(Partner partner, String text, Instant now) {
    var turn = new Turn(partner, text, now);
    turn.thread.start();
    return turn;
  }

  private Outcome had(Partner partner, String text) {
    try {
      return new Outcome.Ended(partner.say(text, cancellation, inbox));
    } catch (InterruptedException stopped) {
      return new Outcome.Ended(new TurnOutcome.Interrupted());
    } catch (CommandException refused) {
      return new Outcome.Broken(refused.failure().code() + ": " + refused.failure().message());
    } catch (EngineException broken) {
      return new Outcome.Broken(broken.code() + ": " + broken.getMessage());
    } catch (RuntimeException defect) {
      // A boundary: a defect in one turn must not take the terminal along.
      return new Outcome.Broken("internal: " + defect);
    }
  }

  Instant since() {
    return since;
  }

  /// What happened since the last call.
  List<AgentEvent> events() {
    return inbox.take();
  }

  /// How it ended, once it has.
  Optional<Outcome> outcome() {
    return Optional.ofNullable(outcome);
  }

  /// Asks it to stop.
  void stop() {
    cancellation.cancel();
  }

  /// Waits until it has ended.
  void await() throws InterruptedException {
    thread.join();
  }
}
