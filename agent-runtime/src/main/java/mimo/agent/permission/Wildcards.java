package mimo.agent.permission;

import java.util.regex.Pattern;

/// Patterns in which `*` stands for any characters and `?` for one. Time is in proportion to
/// pattern times text, whatever they are.
final class Wildcards {

  private static final Pattern ANY = Pattern.compile("[*?]");

  private Wildcards() {}

  static boolean areIn(String pattern) {
    return ANY.matcher(pattern).find();
  }

  /// Only the last `*` ever has to give way: an earlier one could take nothing that it could not.
  static boolean match(String pattern, String text) {
    int at = 0;
    int in = 0;
    int star = -1;
    int taken = 0;
    while (in < text.length()) {
      if (at < pattern.length() && pattern.charAt(at) == '*') {
        star = at++;
        taken = in;
      } else if (at < pattern.length()
          && (pattern.charAt(at) == '?' || pattern.charAt(at) == text.charAt(in))) {
        at++;
        in++;
      } else if (star >= 0) {
        at = star + 1;
        in = ++taken;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == '*') {
      at++;
    }
    return at == pattern.length();
  }
}
