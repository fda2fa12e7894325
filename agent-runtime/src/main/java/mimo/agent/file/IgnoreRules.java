package mimo.agent.file;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the `.gitignore` files from the workspace down to one folder leave out. Immutable.
///
/// Git's rules: the deepest file that says something decides, in one file the last matching line
/// does, `!` takes back, a pattern with a `/` before its end is tied to its folder, a `/` at the
/// end means folders only. What lies in an ignored folder cannot come back, because a walk never
/// enters it.
final class IgnoreRules {

  private record Rule(PathPattern pattern, boolean negated, boolean foldersOnly) {}

  private static final IgnoreRules NONE = new IgnoreRules(null, "", List.of());

  private final @Nullable IgnoreRules above;
  private final String folder;
  private final List<Rule> rules;

  private IgnoreRules(@Nullable IgnoreRules above, String folder, List<Rule> rules) {
    this.above = above;
    this.folder = folder;
    this.rules = List.copyOf(rules);
  }

  static IgnoreRules none() {
    return NONE;
  }

  /// These rules with those that `text`, the `.gitignore` of `folder`, adds.
  ///
  /// @param folder relative to the workspace; empty for the workspace itself
  IgnoreRules with(String folder, String text) {
    var added = new ArrayList<Rule>();
    for (var line : text.split("\r?\n", -1)) {
      var rule = parse(line);
      if (rule != null) {
        added.add(rule);
      }
    }
    return added.isEmpty() ? this : new IgnoreRules(this, folder, added);
  }

  /// @param path relative to the workspace
  boolean ignores(String path, Location.Kind kind) {
    for (var level = this; level != null; level = level.above) {
      var local = level.folder.isEmpty() ? path : path.substring(level.folder.length() + 1);
      for (var rule : level.rules.reversed()) {
        boolean applies = !rule.foldersOnly() || kind == Location.Kind.FOLDER;
        if (applies && rule.pattern().matches(local)) {
          return !rule.negated();
        }
      }
    }
    return false;
  }

  private static @Nullable Rule parse(String line) {
    var text = withoutTrailingSpaces(line);
    if (text.isEmpty() || text.startsWith("#")) {
      return null;
    }
    boolean negated = text.startsWith("!");
    if (negated) {
      text = text.substring(1);
    }
    boolean foldersOnly = text.endsWith("/");
    if (foldersOnly) {
      text = text.substring(0, text.length() - 1);
    }
    if (text.isEmpty()) {
      return null;
    }
    boolean tied = text.indexOf('/') >= 0;
    var pattern = tied ? text : "**/" + text;
    // Everything below a folder, but not the folder itself.
    pattern = pattern.endsWith("/**") ? pattern + "/*" : pattern;
    try {
      return new Rule(PathPattern.parse(pattern), negated, foldersOnly);
    } catch (IllegalArgumentException malformed) {
      // Git, too, lets a pattern it cannot read match nothing.
      return null;
    }
  }

  /// Spaces at the end do not count unless a backslash keeps them.
  private static String withoutTrailingSpaces(String line) {
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) == ' ' && !(end > 1 && line.charAt(end - 2) == '\\')) {
      end--;
    }
    return line.substring(0, end);
  }
}
