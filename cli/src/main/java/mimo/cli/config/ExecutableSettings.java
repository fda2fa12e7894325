package mimo.cli.config;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import mimo.cli.error.CommandException;

/// The settings of a configuration file that could make something run, in this mimo, in a later one
/// or in the program whose format it is (A57).
public final class ExecutableSettings {

  /// A longer file is taken to hold some.
  public static final long MOST_BYTES = 1024 * 1024;

  private static final Set<String> KEYS =
      Set.of(
          "agent",
          "agents",
          "command",
          "commands",
          "experimental",
          "formatter",
          "formatters",
          "hook",
          "hooks",
          "lsp",
          "mcp",
          "mcpServers",
          "mode",
          "plugin",
          "plugins",
          "tools");

  private ExecutableSettings() {}

  /// Whether a file's text holds any. One that cannot be read might.
  public static boolean areIn(byte[] text) {
    try {
      return JsoncReader.read("", new String(text, StandardCharsets.UTF_8)).members().stream()
          .anyMatch(member -> KEYS.contains(member.name()));
    } catch (CommandException unreadable) {
      return true;
    }
  }
}
