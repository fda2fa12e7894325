package mimo.agent;

import java.util.List;
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
  record Situation(Authority authority, List<Message> said, List<SessionFact> recorded) {
    public Situation {
      said = List.copyOf(said);
      recorded = List.copyOf(recorded);
    }
  }

  /// The same tools for all of them.
  static ToolSource of(Toolbox tools) {
    return _ -> tools;
  }
}
