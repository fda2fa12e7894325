package mimo.agent.permission;

/// What an answer allows from then on: exactly this, nothing wider.
///
/// @param pattern a path, the words of a command, or an origin, which match themselves alone where
///   "always" was said; what a script asked for at the launch may be any pattern
public record Grant(String permission, String pattern) {

  Rule rule(String place) {
    return new Rule(permission, pattern, Decision.ALLOW, Rule.Layer.ALWAYS, place);
  }

  /// What was agreed to when a run was launched, and lasts as long as that.
  Rule ruleOfRun() {
    return new Rule(permission, pattern, Decision.ALLOW, Rule.Layer.RUN, "");
  }
}
