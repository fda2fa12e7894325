package mimo.cli.trust;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Everything in a repository that could make something run: each file's digest by its path from
/// the repository's root. Immutable.
///
/// @param root the outermost folder that counts
/// @param files digests in lower-case hex
public record Executables(Path root, SortedMap<String, String> files) {

  public Executables {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /// Those that count for somebody who works in `folder`, as they are now.
  ///
  /// @throws mimo.cli.error.CommandException `untrusted` if they cannot all be looked at
  public static Executables in(Path folder) {
    return new ExecutableFiles(folder).all();
  }

  /// Whether there is nothing to trust.
  public boolean isEmpty() {
    return files.isEmpty();
  }

  /// One hash of all of it: it changes if anything does.
  public String hash() {
    var text = new StringBuilder();
    files.forEach((path, digest) -> text.append(digest).append(' ').append(path).append('\n'));
    return Digests.of(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /// Their digests by absolute path.
  public Map<Path, String> byPath() {
    var found = new HashMap<Path, String>();
    files.forEach((path, digest) -> found.put(root.resolve(path), digest));
    return found;
  }

  /// Whether `file` is one of them and holds just this text.
  boolean holds(Path file, String text) {
    var path = file.toAbsolutePath().normalize();
    return path.startsWith(root)
        && Digests.of(text.getBytes(StandardCharsets.UTF_8))
            .equals(files.get(root.relativize(path).toString()));
  }
}
