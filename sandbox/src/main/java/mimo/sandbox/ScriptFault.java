package mimo.sandbox;

/// What is wrong with a script, or what it threw, in terms of the file its author wrote.
///
/// @param code `script_invalid`, `type_not_erasable`, `script_error`, or the code of the host error
///   that was not caught
/// @param name the error's class as the script sees it, for example `SyntaxError`
/// @param message one sentence without position
/// @param line counted from 1; 0 if there is no position
/// @param column counted from 1; 0 if there is no position
/// @param stack script frames only, one a line, innermost first, at most 4 KiB; empty if none
/// @param file the name of the imported file; empty for the script itself
public record ScriptFault(
    String code, String name, String message, int line, int column, String stack, String file) {

  /// A fault in the script itself.
  public ScriptFault(String code, String name, String message, int line, int column, String stack) {
    this(code, name, message, line, column, stack, "");
  }

  /// The same fault, in this file.
  public ScriptFault in(String other) {
    return new ScriptFault(code, name, message, line, column, stack, other);
  }
}
