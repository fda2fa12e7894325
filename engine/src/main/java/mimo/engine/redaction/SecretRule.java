package mimo.engine.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The shape of one kind of key that announces itself by a prefix (M11). Precision comes first: a
/// rule that hits ordinary text would change what a workflow reads.
///
/// @param name lower case, shown in the placeholder
/// @param shape what a whole match looks like, prefix included
/// @param glue characters, besides letters and digits, that cannot stand right before a match; `*`
///   if every character can
record SecretRule(String name, Shape shape, String glue) implements Detector {

  private static final String ANYTHING = "*";

  /// Reads a row of the table: name, shape, and the glue if there is any.
  static List<SecretRule> parse(String row) {
    var words = row.strip().split(" +", -1);
    var glue = words.length > 2 ? words[2] : "";
    return alternatives(words[1]).stream()
        .map(pattern -> new SecretRule(words[0], Shape.parse(pattern), glue))
        .toList();
  }

  /// The pattern without its groups: one for each way to choose among their members.
  private static List<String> alternatives(String pattern) {
    int open = pattern.indexOf('(');
    if (open < 0) {
      return List.of(pattern);
    }
    int close = pattern.indexOf(')', open);
    boolean optional = pattern.startsWith("?", close + 1);
    var members = new ArrayList<>(List.of(pattern.substring(open + 1, close).split("[|]", -1)));
    if (optional) {
      members.add("");
    }
    var rest = pattern.substring(close + (optional ? 2 : 1));
    return members.stream()
        .map(member -> pattern.substring(0, open) + member + rest)
        .flatMap(chosen -> alternatives(chosen).stream())
        .toList();
  }

  @Override
  public Set<String> heads() {
    return shape.heads();
  }

  @Override
  public boolean isOpenEnded() {
    return shape.isOpenEnded();
  }

  @Override
  public @Nullable Match at(String text, int at) {
    if (at > 0 && !glue.equals(ANYTHING) && continuesAWord(text, at, glue)) {
      return null;
    }
    int end = shape.end(text, at);
    return end < 0 ? null : new Match(name, at, end);
  }

  /// Whether what begins at `start` is the rest of a longer word.
  static boolean continuesAWord(String text, int start, String glue) {
    var before = text.charAt(start - 1);
    if (glue.indexOf(before) >= 0) {
      return true;
    }
    var wordy = Character.isLetterOrDigit(before) && Character.isLetterOrDigit(text.charAt(start));
    // In quoted text the letter may belong to an escape such as \n.
    return wordy && !(start > 1 && text.charAt(start - 2) == '\\' && "nrt".indexOf(before) >= 0);
  }
}
