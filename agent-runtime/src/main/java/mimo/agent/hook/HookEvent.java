package mimo.agent.hook;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import mimo.agent.tool.HookMoment;

/// When hooks run (A85).
public enum HookEvent {
  SESSION_START,
  PROMPT,
  TOOL_BEFORE,
  TOOL_AFTER,
  COMPACTION,
  STOP,
  SESSION_END;

  /// As configurations write it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<HookEvent> of(String word) {
    return Arrays.stream(values()).filter(event -> event.word().equals(word)).findFirst();
  }

  static HookEvent of(HookMoment moment) {
    return switch (moment) {
      case HookMoment.SessionStart _ -> SESSION_START;
      case HookMoment.Prompt _ -> PROMPT;
      case HookMoment.ToolBefore _ -> TOOL_BEFORE;
      case HookMoment.ToolAfter _ -> TOOL_AFTER;
      case HookMoment.Compaction _ -> COMPACTION;
      case HookMoment.Stop _ -> STOP;
      case HookMoment.SessionEnd _ -> SESSION_END;
    };
  }

  /// Whether what is about to happen can be refused (A87).
  boolean canBeRefused() {
    return switch (this) {
      case PROMPT, TOOL_BEFORE, STOP -> true;
      case SESSION_START, TOOL_AFTER, COMPACTION, SESSION_END -> false;
    };
  }
}
