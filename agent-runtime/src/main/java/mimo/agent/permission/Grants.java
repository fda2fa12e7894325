package mimo.agent.permission;

import java.util.List;

/// What was answered with "always" in a workspace. Thread-safe.
public interface Grants {

  /// All of it, as rules that allow.
  List<Rule> rules();

  /// From now on these are allowed.
  void add(List<Grant> grants);
}
