package mimo.agent.goal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mimo.agent.file.Location;
import mimo.agent.file.PathGuard;

/// The files of the workspace that the command line of a check names: they decide what it proves,
/// so they are guarded like tests (G9). Thread-safe.
final class CheckScripts {

  private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s;|&<>()'\"=]+");
  private static final Pattern CHANGES_FOLDER =
      Pattern.compile("\\s*cd\\s+(?:\"([^\"]*)\"|'([^']*)'|([^\\s;|&<>()'\"]+))\\s*(?:&&|;)");
  private static final Pattern HERE = Pattern.compile("^(?:\\./|\\$PWD/|\\$\\{PWD}/)+");

  private final PathGuard guard;

  CheckScripts(PathGuard guard) {
    this.guard = guard;
  }

  /// The files a command line names, from the workspace's folder or from the one it goes to first.
  ///
  /// @throws GoalRefusedException if it names a file by its absolute path that cannot be guarded
  Set<String> of(String line) throws GoalRefusedException {
    var found = new LinkedHashSet<String>();
    var folders = new ArrayList<>(List.of(""));
    var rest = CHANGES_FOLDER.matcher(line);
    while (rest.lookingAt()) {
      folders.add(path(folders.getLast(), firstGroup(rest)));
      var _ = rest.region(rest.end(), line.length());
    }
    for (var word : BETWEEN_WORDS.split(line, -1)) {
      for (var folder : folders) {
        if (!word.isEmpty() && locate(word, path(folder, word)) instanceof Location.Inside inside) {
          found.add(inside.real().toString());
        }
      }
    }
    return found;
  }

  private static String firstGroup(Matcher matcher) {
    for (int at = 1; at < matcher.groupCount(); at++) {
      if (matcher.group(at) != null) {
        return matcher.group(at);
      }
    }
    return matcher.group(matcher.groupCount());
  }

  private String path(String folder, String word) {
    var path = HERE.matcher(guard.relative(word)).replaceFirst("");
    return folder.isEmpty() || path.startsWith("/") || isBelow(word) ? path : folder + "/" + path;
  }

  private boolean isBelow(String word) {
    return !guard.relative(word).equals(word);
  }

  private Location locate(String word, String path) throws GoalRefusedException {
    var location = guard.locate(path);
    if (location instanceof Location.Refused(var why) && isBelow(word)) {
      throw new GoalRefusedException(
          "the check names %s, which cannot be guarded: %s; name a file in the workspace"
              .formatted(word, why));
    }
    return location instanceof Location.Inside inside && inside.kind() == Location.Kind.FOLDER
        ? new Location.Missing(path)
        : location;
  }

  /// A command line as it has to be in a copy of the workspace: absolute paths of the one lead to
  /// the other.
  static String moved(String line, Path workspace, Path copy) {
    return Pattern.compile("(?<![\\w./-])" + Pattern.quote(workspace.toString()) + "(?![\\w.-])")
        .matcher(line)
        .replaceAll(Matcher.quoteReplacement(copy.toString()));
  }
}
