package mimo.cli.auth;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import mimo.agent.provider.catalog.StoredKey;
import mimo.cli.config.Folders;
import mimo.cli.error.CommandException;

/// `auth.json` in the user's data: keys by provider, for its owner alone under any umask (A19).
/// Entries that are no keys, as other programs keep them there, stay as they are. Confined to the
/// command's thread; of several processes the last writer wins, whole.
public final class AuthFile {

  private static final int MOST_BYTES = 1 << 20;
  private static final Set<PosixFilePermission> OWNERS =
      Set.copyOf(PosixFilePermissions.fromString("rw-------"));

  private final Folders folders;

  public AuthFile(Folders folders) {
    this.folders = folders;
  }

  /// Where it is, whether it exists or not.
  public Path path() {
    return folders.data().resolve("auth.json");
  }

  /// The keys that can be used, by provider.
  ///
  /// @throws CommandException as [#read] does
  public SortedMap<String, StoredKey> keys() {
    return read().keys();
  }

  /// What it holds. An entry that makes no sense spoils no other.
  ///
  /// @throws CommandException `auth_insecure` if others may read it, `auth_invalid` if it is no
  ///   JSON object
  public StoredKeys read() {
    return entries().keys();
  }

  /// Stores a key in the place of an earlier one.
  public void store(String provider, StoredKey key) {
    write(entries().with(provider, key));
  }

  /// Removes what is stored for a provider, whether it could be used or not.
  ///
  /// @return whether there was something
  public boolean remove(String provider) {
    var entries = entries();
    if (!entries.values().containsKey(provider)) {
      return false;
    }
    write(entries.without(provider));
    return true;
  }

  private AuthEntries entries() {
    var file = path();
    try {
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        return new AuthEntries(new TreeMap<>());
      }
      refuseLooser(file);
      if (Files.size(file) > MOST_BYTES) {
        throw invalid("it is longer than " + MOST_BYTES + " bytes");
      }
      return AuthEntries.read(Files.readString(file));
    } catch (IOException | IllegalArgumentException unreadable) {
      throw invalid(String.valueOf(unreadable.getMessage()));
    }
  }

  /// A key that others could read is not used: it may be theirs already.
  private static void refuseLooser(Path file) throws IOException {
    var found = Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    var loose = EnumSet.noneOf(PosixFilePermission.class);
    loose.addAll(found.permissions());
    loose.removeAll(OWNERS);
    if (!found.isRegularFile() || !loose.isEmpty()) {
      throw new CommandException(
          "auth_insecure",
          "%s holds keys and is %s; it must be a file for its owner alone"
              .formatted(
                  file,
                  found.isRegularFile()
                      ? PosixFilePermissions.toString(found.permissions())
                      : "no plain file"));
    }
  }

  private CommandException invalid(String why) {
    return new CommandException("auth_invalid", "cannot use " + path() + ": " + why);
  }

  private void write(AuthEntries entries) {
    var folder = folders.createData();
    try {
      var fresh =
          Files.createTempFile(
              folder, "auth", ".new", PosixFilePermissions.asFileAttribute(OWNERS));
      try {
        Files.setPosixFilePermissions(fresh, OWNERS);
        try (var channel = FileChannel.open(fresh, Set.of(StandardOpenOption.WRITE))) {
          var bytes = ByteBuffer.wrap(entries.text().getBytes(StandardCharsets.UTF_8));
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
          channel.force(true);
        }
        Files.move(fresh, path(), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException failed) {
      throw new CommandException("store_failed", "cannot write " + path() + ": " + failed);
    }
  }
}
