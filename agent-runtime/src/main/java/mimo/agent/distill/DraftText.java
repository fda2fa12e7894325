package mimo.agent.distill;

import com.google.re2j.Pattern;
import java.util.Optional;

/// The text of a file that holds a skill or a command.
final class DraftText {

  private static final String FENCE = "---";

  /// What every reader of such heads takes for what it is, without quotes.
  private static final Pattern PLAIN = Pattern.compile("[\\pL\\pN/]([^:#]|:[^ ]|[^ ]#)*");

  private static final Pattern SHELL =
      Pattern.compile("!`[^`\\n]+`|(?m:^[ \\t>]*(?:```+|~~~+)[ \\t]*!.*$)");

  private DraftText() {}

  /// A head of these lines, and what follows it.
  ///
  /// @param keys each with its value, in turn; those with empty values are left out
  static String of(String text, String... keys) {
    var file = new StringBuilder(FENCE).append('\n');
    for (int i = 0; i < keys.length; i += 2) {
      if (!keys[i + 1].isBlank()) {
        file.append(keys[i]).append(": ").append(value(keys[i + 1])).append('\n');
      }
    }
    return file.append(FENCE).append("\n\n").append(text.strip()).append('\n').toString();
  }

  /// The same file with something else behind its head, which stays as it is, in lines that end as
  /// those of the head do.
  static String with(String file, String text) {
    var head = head(file);
    var body = "\n" + text.strip() + "\n";
    return head + (head.contains("\r\n") ? body.replace("\n", "\r\n") : body);
  }

  /// A command line in it that other programs run when they read it.
  static Optional<String> shellLine(String text) {
    var matcher = SHELL.matcher(text);
    return matcher.find() ? Optional.of(matcher.group().strip()) : Optional.empty();
  }

  /// Whether a text begins as a head does.
  static boolean isHeaded(String text) {
    return text.strip().startsWith(FENCE);
  }

  /// A file's lines up to the end of its head; nothing if it has none.
  static String head(String file) {
    int end = 0;
    int fences = 0;
    while (end < file.length() && fences < 2) {
      int next = file.indexOf('\n', end) + 1;
      next = next == 0 ? file.length() : next;
      boolean fence = file.substring(end, next).replace("\uFEFF", "").strip().equals(FENCE);
      if (fences == 0 && !fence) {
        return "";
      }
      fences += fence ? 1 : 0;
      end = next;
    }
    return file.substring(0, end);
  }

  private static String value(String text) {
    var flat = Spoken.flat(text);
    return PLAIN.matches(flat) ? flat : "\"" + flat.replace('"', '\'').replace('\\', '/') + "\"";
  }
}
