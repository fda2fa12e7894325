package mimo.agent.permission;

import java.util.Set;
import mimo.agent.tool.Need;
import mimo.agent.tool.ToolSpec.Effect;

/// The rights of agents that only look, such as plan and explore (A40). No rule, and no answer of
/// anybody, relaxes them: what they allow still has to be allowed by the usual rights.
public final class ReadOnlyPermissions implements Permissions {

  /// Tools that change nothing but what the agent itself keeps, or start agents bound like this
  /// one. A call of bash that needs no command is about a job the agent has started itself.
  private static final Set<String> HARMLESS =
      Set.of("task", "todo", "agent", "skill", "question", "history", "memory", "bash");

  private final Permissions usual;
  private final Sheltering place;

  public ReadOnlyPermissions(Permissions usual, Sheltering place) {
    this.usual = usual;
    this.place = place;
  }

  @Override
  public Ruling rule(Call call) {
    for (var need : call.needs()) {
      var refusal =
          switch (need) {
            case Need.Write _ -> "this agent only looks; it changes no file";
            case Need.Command _ when place.shelter() != Shelter.READ_ONLY_SANDBOX ->
                "this agent only looks; commands need a sandbox that keeps the workspace read-only";
            case Need.Use _ when call.effect() == Effect.CHANGES && !isHarmless(call) ->
                "this agent only looks; " + call.tool() + " may change something";
            case Need.Server _ when call.effect() == Effect.CHANGES ->
                "this agent only looks; " + call.tool() + " is not declared to be read-only";
            case Need.Read _, Need.Command _, Need.Fetch _, Need.Use _, Need.Server _ -> "";
          };
      if (!refusal.isEmpty()) {
        return Ruling.always(Decision.DENY, refusal);
      }
    }
    return usual.rule(call);
  }

  private static boolean isHarmless(Call call) {
    return HARMLESS.contains(call.tool());
  }
}
