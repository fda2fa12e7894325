package mimo.agent.permission;

import java.util.regex.Pattern;

/// Programs for `sed` and `awk` that only print: those that nobody needs to look at twice.
final class Scripts {

  private static final String ADDRESS = "(?:[0-9]+|\\$|/[^/\\\\{};]*/)";

  /// Lines that are printed, left out or counted: `1,20p`, `/x/d`, `$=`.
  private static final Pattern LINES = Pattern.compile(ADDRESS + "?(?:," + ADDRESS + ")?!?[pdq=]");

  private static final Pattern REPLACING_FLAGS = Pattern.compile("[gpiI0-9]*");

  private static final Pattern ACTING_AWK =
      Pattern.compile("system|getline|close|fflush|[|>@]|print[^;}]*\\(\\s*\"");

  private Scripts() {}

  static boolean isHarmless(String command, String script) {
    return command.endsWith("awk")
        ? !ACTING_AWK.matcher(script).find()
        : LINES.matcher(script).matches() || isPlainReplacing(script);
  }

  /// `s/this/that/g`, with one command and no flag that runs or writes.
  private static boolean isPlainReplacing(String script) {
    if (script.length() < 4 || script.charAt(0) != 's') {
      return false;
    }
    char mark = script.charAt(1);
    int marks = 1;
    int at = 2;
    for (; at < script.length() && marks < 3; at++) {
      char character = script.charAt(at);
      if (character == '\n') {
        return false;
      } else if (character == '\\') {
        at++;
      } else if (character == mark) {
        marks++;
      }
    }
    return marks == 3
        && !Character.isLetterOrDigit(mark)
        && mark != '\\'
        && REPLACING_FLAGS.matcher(script.substring(at)).matches();
  }
}
