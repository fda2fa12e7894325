package mimo.cli.session;

import java.io.IOException;
import mimo.agent.TurnReversal;
import mimo.agent.TurnReversal.Outcome;
import mimo.agent.session.ConversationRecord;
import mimo.agent.session.SessionAbout;
import mimo.agent.snapshot.Undoing;
import mimo.cli.error.CommandException;
import mimo.cli.run.Failing;
import mimo.engine.EngineException;
import mimo.engine.SessionId;
import mimo.engine.session.OwnSession;
import mimo.engine.session.Sessions;

/// Takes turns of one session back, or has them again. Serves once.
final class Reversing {

  private final LocalSessions.Workshop workshop;
  private final SessionId id;

  /// One of the two.
  interface Direction {
    Outcome of(TurnReversal reversal) throws IOException, InterruptedException;
  }

  Reversing(LocalSessions.Workshop workshop, SessionId id) {
    this.workshop = workshop;
    this.id = id;
  }

  Outcome.Done go(Direction direction) throws InterruptedException {
    var guard = workshop.guard();
    if (!(workshop.undoing(guard) instanceof Undoing.Possible(var snapshots))) {
      throw new CommandException("undo_needs_git", "git is not installed, so nothing is undone");
    }
    return Failing.waited(() -> {
      try (var sessions = workshop.sessions();
          var own = open(sessions, guard.root().toString())) {
        var reversal = new TurnReversal(ConversationRecord.open(own), snapshots);
        return told(direction.of(reversal));
      } catch (IOException refused) {
        throw failed("undo_failed", String.valueOf(refused.getMessage()));
      }
    });
  }

  private OwnSession open(Sessions sessions, String here) {
    var workspace = SessionAbout.parse(sessions.keeper().opening(id).about()).workspace();
    if (!workspace.equals(here)) {
      throw failed("session_elsewhere", "session " + id + " is had in " + workspace);
    }
    try {
      return sessions.open(id);
    } catch (EngineException refused) {
      throw failed(refused.code(), String.valueOf(refused.getMessage()));
    }
  }

  private Outcome.Done told(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done done -> done;
      case Outcome.Nothing() ->
          throw failed("nothing_to_undo", "session " + id + " has no such turn");
      case Outcome.Unsure(var turn) ->
          throw failed(
              "undo_unsure", "mimo was killed in turn %d of session %s".formatted(turn, id));
    };
  }

  private CommandException failed(String code, String message) {
    return LocalSessions.of(id, new CommandException(code, message));
  }
}
