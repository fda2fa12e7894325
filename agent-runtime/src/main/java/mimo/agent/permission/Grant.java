package mimo.agent.permission;

/// What "always" would allow from now on: exactly this, nothing wider.
///
/// @param pattern a path, the words of a command, or an origin, which match themselves alone
public record Grant(String permission, String pattern) {

  Rule rule(String place) {
    return new Rule(permission, pattern, Decision.ALLOW, Rule.Layer.ALWAYS, place);
  }
}
