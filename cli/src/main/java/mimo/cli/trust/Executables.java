package mimo.cli.trust;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Everything in a repository that could make something run: each file's digest by its path from
/// the repository's root. Immutable.
///
/// @param root the outermost folder that counts
/// @param files digests in lower-case hex
/// @param byPath the same digests by the files' real paths: a folder may be reached by links too
/// @param open what hooks run beyond these, in words
public record Executables(
    Path root, SortedMap<String, String> files, Map<Path, String> byPath, List<String> open) {

  public Executables {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    byPath = Map.copyOf(byPath);
    open = List.copyOf(open);
  }

  /// Those that count for somebody who works in `folder`, as they are now.
  ///
  /// @throws mimo.cli.error.CommandException `untrusted` if they cannot all be looked at
  public static Executables in(Path folder) {
    return new ExecutableFiles(folder, List.of(), new FileDigests(InstantSource.system())).all();
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

  /// Whether nothing is another than it was but by what was written.
  boolean differsOnlyBy(Written written, Executables before) {
    var paths = new TreeSet<>(files.keySet());
    paths.addAll(before.files.keySet());
    return paths.stream()
        .filter(path -> !Objects.equals(files.get(path), before.files.get(path)))
        .allMatch(path -> written.explains(root.resolve(path), files.get(path)));
  }

  /// Whether `file` is one of them and holds just this text.
  boolean holds(Path file, String text) {
    return Digests.of(text.getBytes(StandardCharsets.UTF_8))
        .equals(byPath.get(HookPrograms.real(file.toAbsolutePath().normalize())));
  }
}
