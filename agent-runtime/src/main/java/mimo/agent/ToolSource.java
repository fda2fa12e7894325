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
  /// @param who which agent it is
  /// @param turn which turn of its session is going on, from 1; 0 if it has none
  /// @param kept what it has in common with the other agents of its session
  record Situation(
      Authority authority,
      List<Message> said,
      List<SessionFact> recorded,
      Who who,
      IntSupplier turn,
      SessionKept kept) {
    public Situation {
      said = List.copyOf(said);
      recorded = List.copyOf(recorded);
    }

    /// One that nobody has to tell from others.
    public Situation(Authority authority, List<Message> said, List<SessionFact> recorded) {
      this(authority, said, recorded, Who.NOBODY);
    }

    /// One whose turns nobody counts.
    public Situation(Authority authority, List<Message> said, List<SessionFact> recorded, Who who) {
      this(authority, said, recorded, who, () -> 0);
    }

    /// One that is alone in its session.
    public Situation(
        Authority authority,
        List<Message> said,
        List<SessionFact> recorded,
        Who who,
        IntSupplier turn) {
      this(authority, said, recorded, who, turn, new SessionKept());
    }

    /// The same beside others.
    public Situation beside(SessionKept others) {
      return new Situation(authority, said, recorded, who, turn, others);
    }
  }

  /// Which agent one is.
  ///
  /// @param session the session, or the run, it works in
  /// @param agent its name
  record Who(String session, String agent, Kind kind) {

    /// None that others know of.
    public static final Who NOBODY = new Who("", "", Kind.WORKFLOWS);

    /// For whom an agent works.
    public enum Kind {
      /// The user, who speaks with it.
      USERS,
      /// Another agent.
      SUBAGENT,
      /// A workflow.
      WORKFLOWS
    }
  }

  /// The same tools for all of them.
  static ToolSource of(Toolbox tools) {
    return _ -> tools;
  }
}
