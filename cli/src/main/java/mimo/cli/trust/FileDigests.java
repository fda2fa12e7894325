package mimo.cli.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// The digests of files, which are read again only where something became of them. Thread-safe.
///
/// Each agent of a run asks what is trusted, and a run has a thousand.
final class FileDigests {

  /// Within this time a file may change twice and look the same.
  private static final Duration BLUR = Duration.ofSeconds(2);

  /// More than can be trusted at all, by some; beyond them files are read each time.
  private static final int MOST = 10_000;

  private final InstantSource clock;
  private final Map<Path, Known> known = new ConcurrentHashMap<>();

  /// What can be seen of a file without reading it. Nobody can set when it changed last, as one can
  /// when its content did.
  private record Look(Object size, Object inode, Object device, FileTime changed) {
    static Look at(Path file) throws IOException {
      var seen = Files.readAttributes(file, "unix:size,ino,dev,ctime");
      return new Look(
          seen(seen, "size"), seen(seen, "ino"), seen(seen, "dev"), (FileTime) seen(seen, "ctime"));
    }

    private static Object seen(Map<String, Object> all, String name) {
      return Objects.requireNonNull(all.get(name), name);
    }
  }

  private record Known(Look look, String digest) {}

  FileDigests(InstantSource clock) {
    this.clock = clock;
  }

  String of(Path file) throws IOException {
    var look = Look.at(file);
    var before = known.get(file);
    if (before != null && before.look().equals(look)) {
      return before.digest();
    }
    boolean settled = look.changed().toInstant().plus(BLUR).isBefore(clock.instant());
    var digest = read(file);
    if (settled && known.size() < MOST) {
      known.put(file, new Known(look, digest));
    } else {
      known.remove(file);
    }
    return digest;
  }

  private static String read(Path file) throws IOException {
    var digest = Digests.start();
    try (var stream = Files.newInputStream(file)) {
      var chunk = new byte[64 * 1024];
      for (int n = stream.read(chunk); n >= 0; n = stream.read(chunk)) {
        digest.update(chunk, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
