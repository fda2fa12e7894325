package mimo.cli.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import mimo.sandbox.ErasedTexts;
import org.jspecify.annotations.Nullable;

/// Files in TypeScript as they are without their types, kept in mimo's cache: one file each, headed
/// by its own digest. Whatever goes wrong here costs time only, so none of it is an error.
///
/// @param folder may be deleted at any time
/// @param mimo gives the version that erases, and what another one kept is not looked at; asked for
///   only when there is a file in TypeScript
public record ErasedFolder(Path folder, Supplier<String> mimo, Predicate<String> clean)
    implements ErasedTexts {

  private static final int MOST_FILES = 64;
  private static final int MOST_BYTES = 1024 * 1024;
  private static final int HEAD = 64 + 1;

  @Override
  public @Nullable String find(String key) {
    try {
      var file = file(key);
      if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
        return null;
      }
      var whole = Files.readString(file);
      if (whole.length() < HEAD) {
        return null;
      }
      var text = whole.substring(HEAD);
      return whole.startsWith(digest(key, text) + "\n") ? text : null;
    } catch (IOException unreadable) {
      return null;
    }
  }

  @Override
  public void keep(String key, String text) {
    if (text.length() > MOST_BYTES / 2 || !clean.test(text)) {
      return;
    }
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      makeRoom();
      // A name nobody looks for until the text is whole.
      var fresh = Files.createTempFile(folder, "new-", ".tmp");
      Files.writeString(fresh, digest(key, text) + "\n" + text);
      Files.move(fresh, file(key), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException unwritable) {
      // The next start erases the types once more.
    }
  }

  private Path file(String key) {
    return folder.resolve(digest(mimo.get(), key) + ".js");
  }

  /// Removes what was kept first, and with it what a killed process left half written.
  private void makeRoom() throws IOException {
    var byAge = new ArrayList<Map.Entry<Path, Long>>();
    try (Stream<Path> files = Files.list(folder)) {
      for (var file : files.toList()) {
        byAge.add(Map.entry(file, Files.getLastModifiedTime(file).toMillis()));
      }
    }
    byAge.sort(Map.Entry.comparingByValue());
    for (var oldest : byAge.subList(0, Math.max(0, byAge.size() - MOST_FILES + 1))) {
      Files.deleteIfExists(oldest.getKey());
    }
  }

  private static String digest(String first, String second) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update((first + "\n").getBytes(StandardCharsets.UTF_8));
      digest.update(second.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
