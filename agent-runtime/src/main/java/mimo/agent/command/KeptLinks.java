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

  static KeptLinks of(Collection<Path> links) throws IOException {
    var targets = new LinkedHashMap<Path, Path>();
    for (var link : links) {
      targets.put(link, Files.readSymbolicLink(link));
    }
    return new KeptLinks(targets);
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
