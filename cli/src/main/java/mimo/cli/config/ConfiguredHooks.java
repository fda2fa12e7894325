package mimo.cli.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mimo.agent.hook.Hook;
import mimo.agent.hook.Hook.Dialect;
import mimo.agent.hook.Hook.Origin;
import mimo.agent.hook.HookGuard;
import mimo.agent.hook.HookSettings;

/// The hooks that configurations hold, in the order in which they run.
public final class ConfiguredHooks {

  private static final String KEY = "hooks";

  private ConfiguredHooks() {}

  /// Those of values that count: by event, and as each list has them.
  static List<Hook> of(List<ConfigEntry> values) {
    var hooks = new ArrayList<Hook>();
    for (var value : values) {
      if (value.kind() instanceof ValueKind.Hooks(var event)) {
        var position = value.source().position();
        var origin = origin(position == null ? "configuration" : position.file());
        hooks.addAll(HookSettings.read(event, value.value(), origin));
      }
    }
    return hooks;
  }

  /// Those in the configuration of a repository.
  ///
  /// @param file as people are told of it
  /// @throws mimo.cli.error.CommandException if the text is no configuration
  /// @throws IllegalArgumentException if the hooks in it cannot be understood
  public static List<Hook> in(String file, String text) {
    var hooks = new ArrayList<Hook>();
    for (var member : JsoncReader.read(file, text).members()) {
      if (member.name().equals(KEY)
          && member.value() instanceof ConfigNode.Section(var events, var _)) {
        for (var event : events) {
          hooks.addAll(HookSettings.read(event.name(), NodeJson.text(event.value()), origin(file)));
        }
      }
    }
    return hooks;
  }

  /// Where they come from; a guard comes later.
  static Origin origin(String file) {
    return new Origin(String.valueOf(Path.of(file).getFileName()), Dialect.MIMO, HookGuard.NONE);
  }
}
