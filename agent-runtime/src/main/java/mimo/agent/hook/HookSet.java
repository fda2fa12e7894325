package mimo.agent.hook;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import mimo.agent.ToolSource.Who;
import mimo.agent.tool.Hooks;
import org.jspecify.annotations.Nullable;

/// The hooks of a workspace, in the order in which they are configured. Thread-safe.
public final class HookSet {

  /// None at all.
  public static final HookSet NONE = new HookSet(List.of(), null, UnaryOperator.identity());

  private final List<Hook> hooks;
  private final @Nullable HookProcess process;
  private final UnaryOperator<String> cleaning;

  /// @param process runs them; null where there are none
  /// @param cleaning takes secrets out of what they are told
  private HookSet(List<Hook> hooks, @Nullable HookProcess process, UnaryOperator<String> cleaning) {
    this.hooks = List.copyOf(hooks);
    this.process = process;
    this.cleaning = cleaning;
  }

  /// @param cleaning takes secrets out of what they are told
  public static HookSet of(List<Hook> hooks, HookProcess process, UnaryOperator<String> cleaning) {
    return hooks.isEmpty() ? NONE : new HookSet(hooks, process, cleaning);
  }

  /// Those of one agent.
  ///
  /// @param folder where it works
  public Hooks by(Who who, Path folder) {
    return process == null
        ? Hooks.NONE
        : new AgentHooks(hooks, process, new HookWords(who, folder, cleaning));
  }
}
