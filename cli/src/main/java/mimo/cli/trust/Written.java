package mimo.cli.trust;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What mimo has written because the user asked for it. Confined to one thread.
public final class Written {

  /// Digests by file; empty where nobody knows what was written.
  private final Map<Path, Optional<String>> files = new LinkedHashMap<>();

  /// A file, whatever it says.
  public void file(Path file) {
    files.put(file, Optional.empty());
  }

  /// A file that says just this.
  public void text(Path file, String text) {
    var digest = Digests.of(text.getBytes(StandardCharsets.UTF_8));
    files.put(file, Optional.of(digest));
  }

  /// Whether it is why a file has this digest.
  ///
  /// @param digest null if there is no such file
  boolean explains(Path file, @Nullable String digest) {
    var real = HookPrograms.real(file);
    return files.entrySet().stream()
        .filter(each -> HookPrograms.real(each.getKey().toAbsolutePath()).equals(real))
        .anyMatch(each -> each.getValue().map(known -> known.equals(digest)).orElse(true));
  }
}
