package mimo.cli.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import mimo.agent.SessionKept;
import mimo.agent.ToolSource;
import mimo.agent.ToolSource.Situation;
import mimo.agent.subagent.Subagents;
import mimo.agent.tool.HookAnswer;
import mimo.agent.tool.HookMoment;
import mimo.agent.tool.Hooks;
import mimo.agent.tool.Toolbox;
import mimo.agent.workflow.SessionRuns;
import mimo.engine.CancellationToken;
import mimo.engine.SessionId;

/// The tools of the sessions this process has had: what an agent has read, whom it has put to work,
/// and what it has put in the background, stays with it from turn to turn. Confined to the
/// command's thread.
final class SessionTools implements AutoCloseable {

  /// By session and by agent: another one of a session has other rights, so other tools. Sessions
  /// are named by text: hashing a record is put together while the program starts, which takes
  /// longer.
  private final Map<String, Map<String, Toolbox>> boxes = new HashMap<>();

  /// What the agents of a session have in common.
  private final Map<String, SessionKept> kept = new HashMap<>();

  private final Map<String, Subagents> subagents = new HashMap<>();
  private final Map<String, SessionRuns> runs = new HashMap<>();
  private final Map<String, Hooks> begun = new LinkedHashMap<>();
  private final Map<String, List<HookAnswer.Context>> untold = new HashMap<>();

  Toolbox of(SessionId session, String agent, ToolSource source, Situation situation)
      throws InterruptedException {
    var ofSession = boxes.computeIfAbsent(session.value(), _ -> new HashMap<>());
    var known = ofSession.get(agent);
    if (known != null) {
      return known;
    }
    var ofAll = kept.computeIfAbsent(session.value(), _ -> new SessionKept());
    var made = source.open(situation.beside(ofAll));
    ofSession.put(agent, made);
    return made;
  }

  /// Notes that a session is had by this process, and whose hooks hear of its end.
  ///
  /// @return whether that is new
  boolean begin(SessionId session, Hooks hooks) {
    return begun.put(session.value(), hooks) == null;
  }

  /// What hooks had to say as a session began, which no prompt has gone with yet; can be changed.
  List<HookAnswer.Context> untold(SessionId session) {
    return untold.computeIfAbsent(session.value(), _ -> new ArrayList<>());
  }

  /// Ends what one session has left running; what it has read is forgotten.
  void forget(SessionId session) {
    var others = subagents.remove(session.value());
    if (others != null) {
      others.close();
    }
    var _ = kept.remove(session.value());
    var own = boxes.remove(session.value());
    if (own != null) {
      own.values().forEach(Toolbox::close);
    }
  }

  /// Those of a session, whichever of its agents called for them.
  Subagents subagents(SessionId session, Supplier<Subagents> maker) {
    return subagents.computeIfAbsent(session.value(), _ -> maker.get());
  }

  /// The same for the runs a session has begun.
  SessionRuns runs(SessionId session, Supplier<SessionRuns> maker) {
    return runs.computeIfAbsent(session.value(), _ -> maker.get());
  }

  /// Whether something has come in for a session that its agent was not told.
  boolean hasNews(SessionId session) {
    var others = subagents.get(session.value());
    var own = runs.get(session.value());
    return (others != null && others.areDue()) || (own != null && own.areDue());
  }

  /// Ends what they have left running.
  @Override
  public void close() {
    begun.values().forEach(SessionTools::tellTheEnd);
    begun.clear();
    runs.values().forEach(SessionRuns::close);
    runs.clear();
    subagents.values().forEach(Subagents::close);
    subagents.clear();
    boxes.values().forEach(ofSession -> ofSession.values().forEach(Toolbox::close));
    boxes.clear();
    kept.clear();
  }

  /// Nobody is there any more to hear what hooks say to it.
  private static void tellTheEnd(Hooks hooks) {
    try {
      hooks.tell(new HookMoment.SessionEnd(), CancellationToken.never());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
