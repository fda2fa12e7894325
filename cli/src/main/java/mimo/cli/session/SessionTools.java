package mimo.cli.session;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import mimo.agent.ToolSource;
import mimo.agent.ToolSource.Situation;
import mimo.agent.subagent.Subagents;
import mimo.agent.tool.Toolbox;
import mimo.agent.workflow.SessionRuns;
import mimo.engine.SessionId;

/// The tools of the sessions this process has had: what an agent has read, whom it has put to work,
/// and what it has put in the background, stays with it from turn to turn. Confined to the
/// command's thread.
final class SessionTools implements AutoCloseable {

  private final Map<Key, Toolbox> boxes = new HashMap<>();
  private final Map<SessionId, Subagents> subagents = new HashMap<>();
  private final Map<SessionId, SessionRuns> runs = new HashMap<>();

  /// Another agent of a session has other rights, so other tools.
  private record Key(SessionId session, String agent) {}

  Toolbox of(SessionId session, String agent, ToolSource source, Situation situation)
      throws InterruptedException {
    var key = new Key(session, agent);
    var known = boxes.get(key);
    if (known != null) {
      return known;
    }
    var made = source.open(situation);
    boxes.put(key, made);
    return made;
  }

  /// Ends what one session has left running; what it has read is forgotten.
  void forget(SessionId session) {
    var others = subagents.remove(session);
    if (others != null) {
      others.close();
    }
    boxes
        .entrySet()
        .removeIf(each -> {
          boolean its = each.getKey().session().equals(session);
          if (its) {
            each.getValue().close();
          }
          return its;
        });
  }

  /// Those of a session, whichever of its agents called for them.
  Subagents subagents(SessionId session, Supplier<Subagents> maker) {
    return subagents.computeIfAbsent(session, _ -> maker.get());
  }

  /// The same for the runs a session has begun.
  SessionRuns runs(SessionId session, Supplier<SessionRuns> maker) {
    return runs.computeIfAbsent(session, _ -> maker.get());
  }

  /// Whether something has come in for a session that its agent was not told.
  boolean hasNews(SessionId session) {
    var others = subagents.get(session);
    var own = runs.get(session);
    return (others != null && others.areDue()) || (own != null && own.areDue());
  }

  /// Ends what they have left running.
  @Override
  public void close() {
    runs.values().forEach(SessionRuns::close);
    runs.clear();
    subagents.values().forEach(Subagents::close);
    subagents.clear();
    boxes.values().forEach(Toolbox::close);
    boxes.clear();
  }
}
