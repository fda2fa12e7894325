package mimo.agent.file;

import java.util.ArrayList;
import java.util.List;
import mimo.agent.AgentLimits;

/// A pattern over paths as scripts and models write them: `*`, `?`, `[…]`, `**` and `{a,b}`.
///
/// The leading parts without any wildcard are the glob's base, the folder where a search starts.
public final class Glob {

  private final String base;
  private final List<PathPattern> alternatives;

  private Glob(String base, List<PathPattern> alternatives) {
    this.base = base;
    this.alternatives = List.copyOf(alternatives);
  }

  /// Reads a pattern.
  ///
  /// @throws IllegalArgumentException if the pattern is empty, too long or malformed
  public static Glob parse(String text) {
    if (text.isBlank() || text.length() > AgentLimits.PATTERN_CHARS) {
      throw new IllegalArgumentException(
          "a pattern needs 1 to " + AgentLimits.PATTERN_CHARS + " characters");
    }
    var expanded = new ArrayList<String>();
    expand(text, expanded);
    return new Glob(baseOf(text), expanded.stream().map(PathPattern::parse).toList());
  }

  /// The folder below which every match lies, as written; empty for the folder of the search.
  public String base() {
    return base;
  }

  /// Whether `path`, relative to the folder of the search, fits.
  public boolean matches(String path) {
    for (var alternative : alternatives) {
      if (alternative.matches(path)) {
        return true;
      }
    }
    return false;
  }

  private static String baseOf(String text) {
    var parts = text.split("/", -1);
    var base = new ArrayList<String>();
    // The last part is a name to match, even without wildcards.
    for (int i = 0; i < parts.length - 1 && parts[i].chars().noneMatch(Glob::isSpecial); i++) {
      if (!parts[i].equals(".")) {
        base.add(parts[i]);
      }
    }
    return String.join("/", base);
  }

  private static boolean isSpecial(int character) {
    return "*?[{\\".indexOf(character) >= 0;
  }

  /// Replaces the first pair of braces by each of its alternatives, until none is left.
  private static void expand(String text, List<String> into) {
    int open = indexOfPlain(text, '{', 0);
    if (open < 0) {
      if (into.size() == AgentLimits.GLOB_ALTERNATIVES) {
        throw new IllegalArgumentException(
            "the braces give more than " + AgentLimits.GLOB_ALTERNATIVES + " alternatives");
      }
      into.add(text);
      return;
    }
    var pieces = new ArrayList<String>();
    int close = split(text, open, pieces);
    for (var piece : pieces) {
      expand(text.substring(0, open) + piece + text.substring(close + 1), into);
    }
  }

  /// Cuts what stands between the brace at `open` and its partner at the commas of that level.
  private static int split(String text, int open, List<String> pieces) {
    int depth = 0;
    int start = open + 1;
    for (int i = open; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == '\\') {
        i++;
      } else if (character == '{') {
        depth++;
      } else if (character == ',' && depth == 1) {
        pieces.add(text.substring(start, i));
        start = i + 1;
      } else if (character == '}' && --depth == 0) {
        pieces.add(text.substring(start, i));
        return i;
      }
    }
    throw new IllegalArgumentException("pattern '" + text + "' has a '{' that is not closed");
  }

  private static int indexOfPlain(String text, char wanted, int from) {
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == wanted) {
        return i;
      }
    }
    return -1;
  }
}
