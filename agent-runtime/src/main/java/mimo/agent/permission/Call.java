package mimo.agent.permission;

import java.util.List;
import mimo.agent.tool.Need;
import mimo.agent.tool.ToolSpec.Effect;

/// A call of a tool, as far as it has to be allowed.
public record Call(String tool, Effect effect, List<Need> needs) {
  public Call {
    needs = List.copyOf(needs);
  }
}
