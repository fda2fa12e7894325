package mimo.agent.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Links of the workspace that are guarded: no mount can hold a link in its place, so one that a
/// command has replaced is put back when it has ended.
///
/// @param targets by link
record KeptLinks(Map<Path, Path> targets) {

  private static final String ASIDE = ".replaced-";
  private static final int TRIES = 100;
  private static final String MARK = "@";

  /// Is in no path.
  private static final String BETWEEN = "//";

  static KeptLinks of(Collection<Path> links) throws IOException {
    var targets = new LinkedHashMap<Path, Path>();
    for (var link : links) {
      targets.put(link, Files.readSymbolicLink(link));
    }
    return new KeptLinks(targets);
  }

  /// Those of a list; of several targets of one link the first counts, since a command may have
  /// made the others.
  ///
  /// @param entries of [#entries]; others are passed over
  static KeptLinks listed(Collection<String> entries) {
    var targets = new LinkedHashMap<Path, Path>();
    for (var entry : entries) {
      int middle = entry.indexOf(BETWEEN);
      if (entry.startsWith(MARK) && middle > 0) {
        var target = Path.of(entry.substring(middle + BETWEEN.length()));
        targets.putIfAbsent(Path.of(entry.substring(MARK.length(), middle)), target);
      }
    }
    return new KeptLinks(targets);
  }

  /// As texts, none of which is an absolute path.
  List<String> entries() {
    return targets.entrySet().stream()
        .map(each -> MARK + each.getKey() + BETWEEN + each.getValue())
        .toList();
  }

  /// Puts back what was replaced; what stands in its place is kept beside it.
  ///
  /// @return what was done, for people; empty if nothing
  String restore() {
    var done = new ArrayList<String>();
    targets.forEach((link, target) -> {
      try {
        if (!Files.isSymbolicLink(link) || !Files.readSymbolicLink(link).equals(target)) {
          putBack(link, target);
          done.add("the link " + link.getFileName() + " is protected and was put back");
        }
      } catch (IOException refused) {
        done.add("the link " + link + " is protected, was replaced, and cannot be put back");
      }
    });
    return String.join("\n", List.copyOf(done));
  }

  private static void putBack(Path link, Path target) throws IOException {
    for (int i = 1; Files.exists(link, java.nio.file.LinkOption.NOFOLLOW_LINKS); i++) {
      var aside = link.resolveSibling(link.getFileName() + ASIDE + i);
      if (!Files.exists(aside, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
        Files.move(link, aside);
      } else if (i == TRIES) {
        throw new IOException("there are too many copies of " + link);
      }
    }
    Files.createSymbolicLink(link, target);
  }
}
