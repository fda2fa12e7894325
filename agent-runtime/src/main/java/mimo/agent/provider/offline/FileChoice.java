package mimo.agent.provider.offline;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import mimo.agent.AgentLimits;

/// Chooses the files that say most about a folder: what introduces it first, then what it starts
/// with, then what lies nearest to its top.
final class FileChoice {

  private static final Set<String> NO_TEXT =
      Set.of(
          "png", "jpg", "jpeg", "gif", "ico", "webp", "svg", "pdf", "zip", "gz", "tar", "jar",
          "class", "woff", "woff2", "ttf", "otf", "mp3", "mp4", "wasm", "so", "dll", "exe", "bin",
          "db", "sqlite", "map", "lock", "sum", "jsa", "aot", "csv", "log");
  private static final Set<String> ENTRIES =
      Set.of("index", "main", "mod", "lib", "app", "__init__", "__main__", "cli", "server");
  private static final Set<String> MANIFESTS =
      Set.of("package.json", "pom.xml", "cargo.toml", "pyproject.toml", "go.mod", "build.gradle");

  private FileChoice() {}

  static List<String> among(List<String> paths) {
    return paths.stream()
        .filter(FileChoice::mayBeText)
        .sorted(
            Comparator.comparingInt(FileChoice::rank)
                .thenComparingLong(FileChoice::depth)
                .thenComparing(Comparator.naturalOrder()))
        .limit(AgentLimits.OFFLINE_READS)
        .toList();
  }

  private static boolean mayBeText(String path) {
    var name = name(path);
    return !NO_TEXT.contains(name.substring(name.lastIndexOf('.') + 1))
        && !name.endsWith(".min.js")
        && !name.equals("package-lock.json");
  }

  private static int rank(String path) {
    var name = name(path);
    if (name.startsWith("readme")) {
      return 0;
    }
    if (name.equals("package-info.java") || name.equals("doc.go")) {
      return 1;
    }
    if (MANIFESTS.contains(name)) {
      return 4;
    }
    if (name.startsWith(".") || name.startsWith("license") || name.startsWith("notice")) {
      return 7;
    }
    if (path.toLowerCase(Locale.ROOT).matches("(.*/)?(tests?|testing|fixtures|examples?)/.*")) {
      return 6;
    }
    int dot = name.indexOf('.');
    if (ENTRIES.contains(dot < 0 ? name : name.substring(0, dot))) {
      return 2;
    }
    return name.matches(".*\\.(json|ya?ml|toml|xml|properties|txt)") ? 5 : 3;
  }

  private static long depth(String path) {
    return path.chars().filter(character -> character == '/').count();
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
  }
}
