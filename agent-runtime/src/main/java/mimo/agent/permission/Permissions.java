package mimo.agent.permission;

/// What an agent may do. Thread-safe.
@FunctionalInterface
public interface Permissions {

  /// What is to become of a call, as of now.
  Ruling rule(Call call);

  /// What both allow: the rights of an agent that another one started (A41).
  default Permissions within(Permissions outer) {
    return call -> rule(call).and(outer.rule(call));
  }
}
