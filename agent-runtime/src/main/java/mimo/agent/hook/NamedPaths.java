package mimo.agent.hook;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import mimo.agent.AgentLimits;

/// The paths that the words of a hook may name (A89): more rather than fewer, since what is named
/// and not looked at could be changed and run.
///
/// A shell makes paths of words as it runs: it puts variables before them, and changes its folder.
/// So each part of a path from one of its `/` on counts as a path too.
public final class NamedPaths {

  /// A hook that could name more is refused.
  public static final int MOST = 10_000;

  /// What a shell does not take into a word.
  private static final Pattern BETWEEN = Pattern.compile("[\\s;|&()<>`]+");

  /// What stands between the paths of a list, and before that of an option.
  private static final Pattern WITHIN = Pattern.compile("[={},:]+");

  private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"|'([^']*)'");

  private static final Pattern PROJECT = Pattern.compile("\\$\\{?CLAUDE_PROJECT_DIR\\b(:?-\\.)?}?");

  private static final Pattern KNOWN =
      Pattern.compile(
          PROJECT.pattern()
              + "|\\$\\(git rev-parse --show-toplevel\\)|\\$\\(pwd\\)|\\$\\{?PWD\\b}?|\\$\\?");

  /// What only a shell that runs it makes a path of.
  private static final Pattern OPEN = Pattern.compile("[$`]|\\beval\\b|/[^\\s/]*[*?{]");

  private NamedPaths() {}

  /// The paths in them, absolute and without `..`; whether something is there is not looked at.
  /// Empty if they are too many to look at.
  ///
  /// @param folders in which relative paths may begin
  public static Optional<Set<Path>> of(Hook hook, List<Path> folders) {
    var names = names(hook);
    if ((long) names.size() * folders.size() > MOST) {
      return Optional.empty();
    }
    var found = new LinkedHashSet<Path>();
    for (var name : names) {
      folders.forEach(folder -> add(name, folder, found));
    }
    return Optional.of(found);
  }

  /// Whether something in its words is put together only as it runs, so that nobody can tell before
  /// what it names.
  public static boolean areOpen(Hook hook) {
    return hook.argv().stream()
        .skip(1)
        .anyMatch(word -> OPEN.matcher(KNOWN.matcher(word).replaceAll(".")).find());
  }

  /// Each name once: the words, and what of them follows a `/`.
  private static Set<String> names(Hook hook) {
    var names = new LinkedHashSet<String>();
    for (var word : words(hook)) {
      names.add(word);
      for (int at = word.indexOf('/'); at >= 0 && names.size() <= MOST; ) {
        names.add(word.substring(at + 1));
        at = word.indexOf('/', at + 1);
      }
    }
    return names;
  }

  private static List<String> words(Hook hook) {
    var words = new ArrayList<>(hook.argv());
    for (var word : hook.argv()) {
      var known = PROJECT.matcher(word).replaceAll(".");
      QUOTED
          .matcher(known)
          .results()
          .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
          .forEach(words::add);
      // A space that is escaped stays within its word.
      var plain = known.replace("\\ ", "\0").replaceAll("[\"'\\\\]", "");
      for (var part : BETWEEN.splitAsStream(plain).toList()) {
        words.add(part.replace('\0', ' '));
        WITHIN.splitAsStream(part.replace('\0', ' ')).forEach(words::add);
      }
    }
    words.addAll(modules(words));
    return words;
  }

  /// Where Python finds what `-m` names.
  private static List<String> modules(List<String> words) {
    var files = new ArrayList<String>();
    for (int i = 0; i < words.size(); i++) {
      var word = words.get(i);
      var name =
          word.equals("-m") && i + 1 < words.size()
              ? words.get(i + 1)
              : word.startsWith("-m") ? word.substring(2) : "";
      if (!name.isEmpty()) {
        var path = name.replace('.', '/');
        files.add(path + ".py");
        files.add(path + "/__main__.py");
        for (int at = path.length(); at > 0; at = path.lastIndexOf('/', at - 1)) {
          files.add(path.substring(0, at) + "/__init__.py");
        }
      }
    }
    return files;
  }

  private static void add(String name, Path folder, Set<Path> found) {
    try {
      if (!name.isBlank() && name.length() <= AgentLimits.PATH_CHARS) {
        found.add(folder.resolve(name).normalize());
      }
    } catch (InvalidPathException noPath) {
      // Nothing can be there.
    }
  }
}
