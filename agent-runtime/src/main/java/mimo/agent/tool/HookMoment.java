package mimo.agent.tool;

/// Something an agent does of which hooks are told (A85).
public sealed interface HookMoment {

  /// A process begins to have a session of the user.
  ///
  /// @param resumed whether something was said in it before
  record SessionStart(boolean resumed) implements HookMoment {}

  /// The user asks something.
  record Prompt(String text) implements HookMoment {}

  /// A call is allowed so far, and has not begun.
  record ToolBefore(ToolUse use) implements HookMoment {}

  /// A call has come to its end.
  record ToolAfter(ToolUse use, Tool.Result result) implements HookMoment {}

  /// What was said is about to be put in fewer words.
  ///
  /// @param trigger why, in a word
  record Compaction(String trigger) implements HookMoment {}

  /// The agent has its answer, and wants to end.
  ///
  /// @param refused how often hooks have refused that before, in this turn
  record Stop(String answer, int refused) implements HookMoment {}

  /// A process has had a session of the user.
  record SessionEnd() implements HookMoment {}

  /// A call.
  ///
  /// @param arguments as the model sent them, as JSON text
  record ToolUse(String call, String tool, String arguments) {}
}
