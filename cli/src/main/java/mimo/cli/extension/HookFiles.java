package mimo.cli.extension;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import mimo.agent.hook.ClaudeSettings;
import mimo.agent.hook.Hook;
import mimo.agent.hook.HookGuard;
import mimo.cli.config.ConfiguredHooks;
import mimo.cli.error.CommandException;
import mimo.cli.extension.Grounds.Owner;
import mimo.cli.trust.HookPrograms;

/// Finds the hooks that run in a workspace: the user's, and those of the repository if it is
/// trusted (A89). Serves once.
public final class HookFiles {

  private static final int MOST_BYTES = 1024 * 1024;

  private static final List<String> CONFIGURATIONS =
      List.of(".mimocode/mimocode.jsonc", ".mimocode/mimocode.json");
  private static final List<String> SETTINGS =
      List.of(".claude/settings.json", ".claude/settings.local.json");

  private final Grounds grounds;
  private final Function<String, Optional<Path>> programs;
  private final Admitted admitted;
  private final List<Hook> hooks = new ArrayList<>();

  /// @param programs finds a program by its name, where no agent can have put it
  public HookFiles(Grounds grounds, Function<String, Optional<Path>> programs) {
    this.grounds = grounds;
    this.programs = programs;
    this.admitted = new Admitted(grounds);
  }

  /// All of them in the order in which they run: the user's own, then the repository's, from its
  /// root down.
  ///
  /// @param own as the user has configured them
  public List<Hook> all(List<Hook> own) {
    for (var level : grounds.levels().reversed()) {
      CONFIGURATIONS.stream().map(level::resolve).forEach(this::configuration);
      SETTINGS.stream().map(level::resolve).forEach(this::settings);
    }
    admitted.tell();
    if (own.isEmpty() && hooks.isEmpty()) {
      return List.of();
    }
    var trusted = grounds.admission().trusted(grounds.folder());
    var all = new ArrayList<Hook>();
    own.forEach(hook -> all.add(guarded(hook, trusted)));
    hooks.forEach(hook -> all.add(guarded(hook, trusted)));
    return all;
  }

  private Hook guarded(Hook hook, Map<Path, String> trusted) {
    return hook.guardedBy(HookPrograms.of(hook, grounds.folder()).guard(trusted));
  }

  private void configuration(Path file) {
    if (text(file) instanceof ExtensionText.Found(var text)) {
      try {
        var found = ConfiguredHooks.in(file.toString(), text);
        if (!found.isEmpty() && admitted.test(file, Owner.REPOSITORY, text)) {
          hooks.addAll(found);
        }
      } catch (CommandException | IllegalArgumentException wrong) {
        grounds.leave(file, "its hooks cannot be understood: " + wrong.getMessage());
      }
    }
  }

  private void settings(Path file) {
    if (!(text(file) instanceof ExtensionText.Found(var text)) || !text.contains("\"hooks\"")) {
      return;
    }
    if (!admitted.test(file, Owner.REPOSITORY, text)) {
      return;
    }
    var shell = programs.apply("sh");
    if (shell.isEmpty()) {
      grounds.leave(file, "there is no sh to run its hooks");
      return;
    }
    try {
      var read = ClaudeSettings.read(text, shell.get(), grounds.shown(file), HookGuard.NONE);
      read.notices().forEach(grounds.notices());
      hooks.addAll(read.hooks());
    } catch (IllegalArgumentException wrong) {
      grounds.leave(file, "it cannot be understood: " + wrong.getMessage());
    }
  }

  private ExtensionText text(Path file) {
    var read = ExtensionText.read(file, Owner.REPOSITORY, grounds.root(), MOST_BYTES);
    if (read instanceof ExtensionText.Refused(var why)) {
      grounds.leave(file, why);
    }
    return read;
  }
}
