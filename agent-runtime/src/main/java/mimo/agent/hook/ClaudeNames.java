package mimo.agent.hook;

import java.util.Locale;
import java.util.Map;

/// What Claude Code calls the tools that mimo has too.
public final class ClaudeNames {

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("bash", "Bash"),
          Map.entry("read", "Read"),
          Map.entry("write", "Write"),
          Map.entry("edit", "Edit"),
          Map.entry("multiedit", "MultiEdit"),
          Map.entry("glob", "Glob"),
          Map.entry("grep", "Grep"),
          Map.entry("webfetch", "WebFetch"),
          Map.entry("notebook_edit", "NotebookEdit"),
          Map.entry("skill", "Skill"),
          Map.entry("question", "AskUserQuestion"),
          Map.entry("task", "TodoWrite"),
          Map.entry("agent", "Task"));

  private ClaudeNames() {}

  /// Its name there; the same where it has none of its own.
  static String of(String tool) {
    return NAMES.getOrDefault(tool, tool);
  }

  /// The tool here that is called so there; the same in small letters where there is none.
  public static String meant(String name) {
    return NAMES.entrySet().stream()
        .filter(entry -> entry.getValue().equals(name))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(() -> name.toLowerCase(Locale.ROOT));
  }
}
