package mimo.agent.snapshot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// A file that differs between two snapshots.
///
/// @param path relative to the workspace
/// @param added lines; minus one if the file is binary
/// @param removed lines; minus one if the file is binary
public record ChangedFile(String path, Kind kind, int added, int removed) {

  /// What became of it.
  public enum Kind {
    ADDED,
    CHANGED,
    REMOVED
  }

  /// Reads what `git diff-tree -z --raw --numstat` says: first every file with its kind, then every
  /// file with its numbers.
  static List<ChangedFile> parse(List<String> parts) {
    var files = new LinkedHashMap<String, ChangedFile>();
    for (int i = 0; i < parts.size(); i++) {
      var part = parts.get(i);
      if (part.startsWith(":")) {
        var path = parts.get(++i);
        files.put(path, new ChangedFile(path, kind(part), 0, 0));
      } else {
        var fields = part.split("\t", 3);
        files.computeIfPresent(
            fields[2],
            (path, file) ->
                new ChangedFile(path, file.kind(), number(fields[0]), number(fields[1])));
      }
    }
    return new ArrayList<>(files.values());
  }

  private static Kind kind(String raw) {
    return switch (raw.charAt(raw.lastIndexOf(' ') + 1)) {
      case 'A' -> Kind.ADDED;
      case 'D' -> Kind.REMOVED;
      default -> Kind.CHANGED;
    };
  }

  private static int number(String field) {
    return field.equals("-") ? -1 : Integer.parseInt(field);
  }
}
