package mimo.agent.subagent;

import mimo.agent.definition.ToolChoice;
import mimo.agent.permission.Authority;

/// What the agent that calls for others may do: none of them may do more (A41).
///
/// @param tools which it may use
public record ParentRights(Authority authority, ToolChoice tools) {

  /// Those of an agent that may use every tool.
  public static ParentRights of(Authority authority) {
    return new ParentRights(authority, ToolChoice.ALL);
  }
}
