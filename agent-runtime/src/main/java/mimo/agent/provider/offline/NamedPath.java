package mimo.agent.provider.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import mimo.agent.AgentLimits;
import mimo.agent.file.Location;
import mimo.agent.file.PathGuard;

/// Finds the path a prompt is about.
final class NamedPath {

  private static final Pattern QUOTED = Pattern.compile("[`\"'«“]([^`\"'»”\\s]{1,400})[`\"'»”]");
  private static final Pattern WORD = Pattern.compile("[^\\s`\"'«»“”()\\[\\]{}<>,;]{1,400}");

  private NamedPath() {}

  /// The first thing in quotes that exists in the workspace; else the first word with a slash or a
  /// dot that does; else the first word at all that is a folder.
  static Optional<Location.Inside> in(String prompt, PathGuard guard) {
    var candidates = new ArrayList<String>();
    QUOTED
        .matcher(prompt)
        .results()
        .limit(AgentLimits.OFFLINE_WORDS)
        .forEach(found -> candidates.add(found.group(1)));
    var words =
        WORD.matcher(prompt)
            .results()
            .limit(AgentLimits.OFFLINE_WORDS)
            .map(found -> withoutFullStop(found.group()))
            .toList();
    words.stream().filter(word -> word.matches(".*[/.].*")).forEach(candidates::add);
    var named = first(candidates, guard);
    return named.isPresent()
        ? named
        : first(words, guard).filter(found -> found.kind() == Location.Kind.FOLDER);
  }

  private static Optional<Location.Inside> first(List<String> candidates, PathGuard guard) {
    for (var candidate : candidates) {
      var path = guard.relative(withoutSlash(candidate));
      if (!path.isEmpty() && guard.locate(path) instanceof Location.Inside inside) {
        return Optional.of(inside);
      }
    }
    return Optional.empty();
  }

  private static String withoutFullStop(String word) {
    return word.replaceAll("[.:!?]+$", "");
  }

  private static String withoutSlash(String path) {
    var cut = path.length() > 1 ? path.replaceAll("/+$", "") : path;
    return cut.startsWith("./") && cut.length() > 2 ? cut.substring(2) : cut;
  }
}
