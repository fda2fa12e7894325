package mimo.cli.config;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The configuration files a repository brings along: from its root down to the working folder.
/// Outside a repository only the working folder's own.
final class RepositoryFiles {

  /// No working folder lies deeper.
  private static final int MAX_DEPTH = 128;

  private static final List<String> NAMES = List.of("mimocode.jsonc", "mimocode.json");

  private RepositoryFiles() {}

  /// The files that are there, the outermost first.
  static List<Path> above(Path folder) {
    var folders = new ArrayList<Path>();
    for (var at = folder; at != null && folders.size() < MAX_DEPTH; at = at.getParent()) {
      folders.addFirst(at);
      if (Files.exists(at.resolve(".git"), LinkOption.NOFOLLOW_LINKS)) {
        return filesIn(folders);
      }
    }
    return filesIn(List.of(folder));
  }

  private static List<Path> filesIn(List<Path> folders) {
    var files = new ArrayList<Path>();
    for (var folder : folders) {
      for (var name : NAMES) {
        var file = folder.resolve(".mimocode").resolve(name);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
          files.add(file);
          break;
        }
      }
    }
    return files;
  }

  /// Whether reading `file` reads what lies in the repository: links may lead to a key, a pipe
  /// would keep whoever reads it waiting.
  static boolean isPlain(Path file) {
    var folder = file.getParent();
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && folder != null
        && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
  }
}
