package mimo.cli.trust;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import mimo.cli.config.Folders;
import mimo.cli.error.CommandException;

/// Which files the user trusts in which folder: one file for each, in the user's data, for its
/// owner alone. Thread-safe; of several processes the last writer wins, whole.
final class TrustStore {

  private static final String HEAD = "mimo trust 1";

  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) (.+)");

  private final Folders folders;

  TrustStore(Folders folders) {
    this.folders = folders;
  }

  /// What is trusted in a folder: digests by path. A file that is not as it was written counts for
  /// nothing: whoever it belongs to is asked again.
  SortedMap<String, String> trusted(Path folder) {
    var file = file(folder);
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        return Collections.emptySortedMap();
      }
      var lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      if (lines.size() < 2
          || !lines.get(0).equals(HEAD)
          || !lines.get(1).equals(folder.toString())) {
        return Collections.emptySortedMap();
      }
      var trusted = new TreeMap<String, String>();
      for (var line : lines.subList(2, lines.size())) {
        var matcher = LINE.matcher(line);
        if (!matcher.matches()) {
          return Collections.emptySortedMap();
        }
        trusted.put(matcher.group(2), matcher.group(1));
      }
      return trusted;
    } catch (IOException unreadable) {
      return Collections.emptySortedMap();
    }
  }

  void trust(Path folder, Executables files) {
    var text = new StringBuilder(HEAD).append('\n').append(folder).append('\n');
    files.files().forEach((path, digest) -> text.append(digest + " " + path + "\n"));
    folders.createData();
    var file = file(folder);
    try {
      var owner = PosixFilePermissions.fromString("rwx------");
      if (!Files.isDirectory(place(), LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(place(), PosixFilePermissions.asFileAttribute(owner));
      }
      replace(file, text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException failed) {
      throw new CommandException("store_failed", "cannot write " + file + ": " + failed);
    }
  }

  private void replace(Path file, byte[] text) throws IOException {
    var fresh = Files.createTempFile(place(), "trust", ".new");
    try {
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
      try (var channel = FileChannel.open(fresh, Set.of(StandardOpenOption.WRITE))) {
        var bytes = ByteBuffer.wrap(text);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /// @return whether anything was trusted there
  boolean forget(Path folder) {
    try {
      Files.delete(file(folder));
      return true;
    } catch (NoSuchFileException nothing) {
      return false;
    } catch (IOException failed) {
      throw new CommandException("store_failed", "cannot remove " + file(folder) + ": " + failed);
    }
  }

  private Path place() {
    return folders.data().resolve("trust");
  }

  private Path file(Path folder) {
    return place().resolve(Digests.of(folder.toString().getBytes(StandardCharsets.UTF_8)));
  }
}
