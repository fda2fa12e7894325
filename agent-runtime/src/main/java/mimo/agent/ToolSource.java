package mimo.agent;

import java.util.List;
import java.util.function.IntSupplier;
import mimo.agent.message.Message;
import mimo.agent.permission.Authority;
import mimo.agent.session.SessionFact;
import mimo.agent.tool.Toolbox;

/// Makes the tools of each agent: what one agent has read, started or noted is no other's.
/// Thread-safe.
@FunctionalInterface
public interface ToolSource {

  /// All tools an agent can have here. They are closed once it has ended.
  Toolbox open(Situation situation) throws InterruptedException;

  /// What an agent comes from.
  ///
  /// @param authority what it may do
  /// @param said what was said in its conversation before
  /// @param recorded what an earlier process wrote down of its work
  /// @param whereabouts in which session it works
  record Situation(
      Authority authority,
      List<Message> said,
      List<SessionFact> recorded,
      Whereabouts whereabouts) {
    public Situation {
      said = List.copyOf(said);
      recorded = List.copyOf(recorded);
    }

    /// One of an agent that has no session of its own.
    public Situation(Authority authority, List<Message> said, List<SessionFact> recorded) {
      this(authority, said, recorded, Whereabouts.NOWHERE);
    }
  }

  /// A session, and how far it has come.
  ///
  /// @param session its id; empty if there is none
  /// @param turn which of its turns is going on, from 1
  record Whereabouts(String session, IntSupplier turn) {
    public static final Whereabouts NOWHERE = new Whereabouts("", () -> 0);
  }

  /// The same tools for all of them.
  static ToolSource of(Toolbox tools) {
    return _ -> tools;
  }
}
