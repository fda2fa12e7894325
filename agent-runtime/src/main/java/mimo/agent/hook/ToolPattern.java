package mimo.agent.hook;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// The tools whose calls a hook is about. Time is in proportion to the name, whatever is written.
///
/// @param text as it is written; empty for all of them
public record ToolPattern(String text, Pattern pattern) {

  private static final int MOST_CHARS = 1_000;

  /// All tools.
  public static final ToolPattern ANY = new ToolPattern("", Pattern.compile("(?s).*"));

  /// Names with `|` between them, in which `*` stands for any characters and `?` for one.
  public static ToolPattern wildcards(String text) {
    var names =
        Arrays.stream(bounded(text).split("\\|", -1))
            .map(String::strip)
            .map(ToolPattern::expression)
            .collect(Collectors.joining("|"));
    return new ToolPattern(text, Pattern.compile("(?s:" + names + ")"));
  }

  private static String expression(String name) {
    return name.chars()
        .mapToObj(letter ->
            letter == '*' ? ".*" : letter == '?' ? "." : Pattern.quote(Character.toString(letter)))
        .collect(Collectors.joining());
  }

  /// A regular expression for whole names; nothing and `*` mean all tools.
  ///
  /// @throws IllegalArgumentException if it is none
  static ToolPattern expressions(String text) {
    if (List.of("", "*").contains(text.strip())) {
      return ANY;
    }
    try {
      return new ToolPattern(text, Pattern.compile(bounded(text)));
    } catch (PatternSyntaxException broken) {
      throw new IllegalArgumentException(
          "'" + text + "' is no pattern of tools: " + broken.getDescription(), broken);
    }
  }

  private static String bounded(String text) {
    if (text.length() > MOST_CHARS) {
      throw new IllegalArgumentException(
          "a pattern of tools has at most " + MOST_CHARS + " characters");
    }
    return text;
  }

  boolean matches(String name) {
    return pattern.matcher(name).matches();
  }
}
