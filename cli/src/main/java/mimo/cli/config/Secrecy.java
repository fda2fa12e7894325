package mimo.cli.config;

import java.util.regex.Pattern;

/// Keeps keys out of the lines that errors quote: a configuration is often one line, and the key in
/// it is on a screen, or in a build's log, for ever.
final class Secrecy {

  /// A key's value up to its end, or that of the line where it is not closed; also what is named as
  /// headers and variables with secrets are.
  private static final Pattern KEY =
      Pattern.compile(
          "(?<=(?i:key|token|secret|pass|password|authorization|cookie)\"\\s{0,9}:\\s{0,9}\")"
              + "[^\"\\n]+");

  private Secrecy() {}

  /// The same text, as long as before, with dots for each character of a key.
  static String masked(String text) {
    return KEY.matcher(text).replaceAll(key -> ".".repeat(key.group().length()));
  }
}
