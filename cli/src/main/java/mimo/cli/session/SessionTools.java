package mimo.cli.session;

import java.util.HashMap;
import java.util.Map;
import mimo.agent.ToolSource;
import mimo.agent.ToolSource.Situation;
import mimo.agent.tool.Toolbox;
import mimo.engine.SessionId;

/// The tools of the sessions this process has had: what an agent has read, and what it has put in
/// the background, stays with it from turn to turn. Confined to the command's thread.
final class SessionTools implements AutoCloseable {

  private final Map<Key, Toolbox> boxes = new HashMap<>();

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

  /// Ends what they have left running.
  @Override
  public void close() {
    boxes.values().forEach(Toolbox::close);
    boxes.clear();
  }
}
