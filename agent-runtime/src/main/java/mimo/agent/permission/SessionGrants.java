package mimo.agent.permission;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mimo.agent.AgentLimits;

/// Grants that last as long as the process. Thread-safe.
public final class SessionGrants implements Grants {

  private final CopyOnWriteArrayList<Rule> rules = new CopyOnWriteArrayList<>();

  @Override
  public List<Rule> rules() {
    return List.copyOf(rules);
  }

  @Override
  public void add(List<Grant> grants) {
    for (var grant : grants) {
      if (rules.size() < AgentLimits.GRANTS) {
        rules.addIfAbsent(grant.rule("this session"));
      }
    }
  }
}
