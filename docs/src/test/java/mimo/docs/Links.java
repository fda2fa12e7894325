package mimo.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Follows the relative links of the repository's pages.
final class Links {

  private Links() {}

  /// Links that lead nowhere: to no file, or to no heading of a page.
  static List<String> broken(Repository repository, List<Page> pages) {
    var byFile = new HashMap<Path, Page>();
    pages.forEach(page -> byFile.put(page.file(), page));
    var found = new ArrayList<String>();
    for (var page : pages) {
      for (var link : page.links()) {
        if (!link.contains(":")) {
          check(page, link, byFile)
              .forEach(
                  fault -> found.add(repository.name(page.file()) + ": " + link + " " + fault));
        }
      }
    }
    return found;
  }

  private static List<String> check(Page page, String link, Map<Path, Page> byFile) {
    var hash = link.indexOf('#');
    var path = hash < 0 ? link : link.substring(0, hash);
    var target = path.isEmpty() ? page.file() : page.file().resolveSibling(path).normalize();
    if (!Files.exists(target)) {
      return List.of("leads to no file");
    }
    if (hash < 0) {
      return List.of();
    }
    var other = byFile.get(target);
    return other != null && other.anchors().contains(link.substring(hash + 1))
        ? List.of()
        : List.of("leads to no heading");
  }
}
