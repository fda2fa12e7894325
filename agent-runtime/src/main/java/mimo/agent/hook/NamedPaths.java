package mimo.agent.hook;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import mimo.agent.AgentLimits;

/// The paths that the words of a hook may name (A89): more rather than fewer, since what is named
/// and not looked at could be changed and run.
public final class NamedPaths {

  /// No hook names more; what it names beyond that is not looked at.
  private static final int MOST = 200;

  /// What a shell does not take into a word.
  private static final Pattern BETWEEN = Pattern.compile("[\\s;|&()<>`=]+");

  private static final Pattern PROJECT = Pattern.compile("\\$\\{?CLAUDE_PROJECT_DIR}?");

  private NamedPaths() {}

  /// The paths in them, absolute and without `..`; whether something is there is not looked at.
  ///
  /// @param folders in which relative paths may begin; the first of them is the project
  public static Set<Path> of(Hook hook, List<Path> folders) {
    var found = new LinkedHashSet<Path>();
    for (var word : words(hook)) {
      for (var folder : folders) {
        if (found.size() < MOST) {
          add(word, folder, found);
        }
      }
    }
    return found;
  }

  private static List<String> words(Hook hook) {
    var words = new ArrayList<>(hook.argv());
    for (var word : hook.argv()) {
      var plain = PROJECT.matcher(word.replaceAll("[\"'\\\\]", "")).replaceAll(".");
      words.addAll(List.of(BETWEEN.split(plain)));
    }
    return words;
  }

  private static void add(String word, Path folder, Set<Path> found) {
    try {
      if (!word.isBlank() && word.length() <= AgentLimits.PATH_CHARS) {
        found.add(folder.resolve(word).normalize());
      }
    } catch (InvalidPathException noPath) {
      // Nothing can be there.
    }
  }
}
