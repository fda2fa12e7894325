package mimo.agent.hook;

import java.time.Duration;
import java.util.List;
import mimo.agent.AgentLimits;
import mimo.agent.tool.HookMoment;
import mimo.agent.tool.HookMoment.ToolUse;

/// A program that is told of what agents do.
///
/// @param name for people and models
/// @param argv the program and its arguments; never a shell's string
/// @param tools the tools whose calls it is about, where its event is about calls
/// @param time how long it may take
/// @param origin where it comes from
public record Hook(
    String name,
    HookEvent event,
    List<String> argv,
    ToolPattern tools,
    Duration time,
    Origin origin) {

  /// Where a hook comes from.
  ///
  /// @param place as people are told of it, such as `mimocode.jsonc`
  /// @param guard decides before each run
  public record Origin(String place, Dialect dialect, HookGuard guard) {

    /// The same, under another guard.
    public Origin guardedBy(HookGuard other) {
      return new Origin(place, dialect, other);
    }
  }

  /// What a hook reads and writes.
  public enum Dialect {
    /// The objects of A86.
    MIMO,
    /// Those of Claude Code.
    CLAUDE
  }

  /// The longest a hook may take.
  static final Duration MOST_TIME = Duration.ofSeconds(AgentLimits.HOOK_SECONDS_MOST);

  public Hook {
    argv = List.copyOf(argv);
    if (argv.isEmpty() || argv.getFirst().isBlank()) {
      throw new IllegalArgumentException("a hook needs a program to run");
    }
    if (argv.stream().anyMatch(word -> word.indexOf('\0') >= 0)) {
      throw new IllegalArgumentException("a word of a command holds a NUL character");
    }
    if (!time.isPositive() || time.compareTo(MOST_TIME) > 0) {
      throw new IllegalArgumentException(
          "a hook's timeout is 1 to " + AgentLimits.HOOK_SECONDS_MOST + " seconds");
    }
  }

  /// The same, under a guard.
  public Hook guardedBy(HookGuard guard) {
    return new Hook(name, event, argv, tools, time, origin.guardedBy(guard));
  }

  /// Whether it is to be told.
  boolean isAbout(HookMoment moment) {
    if (HookEvent.of(moment) != event) {
      return false;
    }
    return switch (moment) {
      case HookMoment.ToolBefore(var use) -> isAbout(use);
      case HookMoment.ToolAfter(var use, _) -> isAbout(use);
      case HookMoment.SessionStart _,
          HookMoment.Prompt _,
          HookMoment.Compaction _,
          HookMoment.Stop _,
          HookMoment.SessionEnd _ ->
          true;
    };
  }

  private boolean isAbout(ToolUse use) {
    return tools.matches(use.tool())
        || (origin.dialect() == Dialect.CLAUDE && tools.matches(ClaudeNames.of(use.tool())));
  }
}
