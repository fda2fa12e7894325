package mimo.agent.memory;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import mimo.agent.AgentLimits;

/// A file of the memory on the disk: read as a whole, and replaced as a whole or not at all (M5).
/// Whoever replaces holds the memory's lock.
final class DurableFile {

  private static final String SCRATCH = ".mimo-";

  /// What is not whole yet bears this at its end.
  private static final String PART = ".part";

  private final Path file;

  DurableFile(Path file) {
    this.file = file;
  }

  /// Its bytes; nothing if there is no such file.
  Optional<byte[]> bytes() throws IOException {
    if (!Files.isRegularFile(file, NOFOLLOW_LINKS)) {
      if (Files.exists(file, NOFOLLOW_LINKS)) {
        throw MemoryException.unreadable(file + " is no plain file");
      }
      return Optional.empty();
    }
    try (var in = Files.newInputStream(file, NOFOLLOW_LINKS)) {
      var bytes = in.readNBytes(AgentLimits.MEMORY_FILE_BYTES + 1);
      if (bytes.length > AgentLimits.MEMORY_FILE_BYTES) {
        throw MemoryException.unreadable(
            file + " has more than " + AgentLimits.MEMORY_FILE_BYTES + " bytes; shorten it");
      }
      return Optional.of(bytes);
    }
  }

  /// Bytes as text.
  String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException other) {
      throw MemoryException.unreadable(file + " is not UTF-8 text; correct it in an editor");
    }
  }

  /// What became of a replacement.
  ///
  /// @param placed whether the new bytes are in the file's place; not if it had been changed before
  /// @param found what was there instead of what was expected: somebody wrote meanwhile; empty if
  ///   nobody did
  record Replaced(boolean placed, Optional<byte[]> found) {}

  /// Puts `bytes` in its place. What is there is compared before, so that others' words are hardly
  /// ever out of sight, and after, so that they are never lost.
  ///
  /// @param before its bytes as they are expected
  Replaced replace(byte[] before, byte[] bytes, Exchange exchange) throws IOException {
    var fresh = scratch(Digest.of(before), Digest.of(bytes));
    Files.deleteIfExists(fresh);
    write(fresh, bytes);
    Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(file, NOFOLLOW_LINKS));
    var now = bytes().orElseThrow(() -> new NoSuchFileException(file.toString()));
    if (!Arrays.equals(now, before)) {
      Files.delete(fresh);
      return new Replaced(false, Optional.of(now));
    }
    exchange.swap(fresh, file);
    force();
    var displaced = Files.readAllBytes(fresh);
    return new Replaced(
        true, Arrays.equals(displaced, before) ? Optional.empty() : Optional.of(displaced));
  }

  /// Removes what [#replace] kept, once it is known to be needed no more.
  void dropKept(byte[] before, byte[] bytes) throws IOException {
    Files.deleteIfExists(scratch(Digest.of(before), Digest.of(bytes)));
  }

  /// Makes it, where no file is.
  ///
  /// @return false if somebody has made one meanwhile
  boolean create(byte[] bytes) throws IOException {
    Files.createDirectories(folder(), privately("rwx------"));
    var fresh = scratch("new", Digest.of(bytes));
    Files.deleteIfExists(fresh);
    write(fresh, bytes);
    try {
      // A link is made only where nothing is; a move would replace.
      Files.createLink(file, fresh);
    } catch (FileAlreadyExistsException meanwhile) {
      return false;
    } finally {
      Files.deleteIfExists(fresh);
    }
    force();
    return true;
  }

  /// What was displaced and not merged again, by a process that was killed or gave up: somebody's
  /// words.
  List<byte[]> orphans() throws IOException {
    if (!Files.isDirectory(folder(), NOFOLLOW_LINKS)) {
      return List.of();
    }
    var orphans = new ArrayList<byte[]>();
    var head = SCRATCH + file.getFileName() + "-";
    try (Stream<Path> all = Files.list(folder())) {
      for (var left : all.filter(each -> name(each).startsWith(head)).sorted().toList()) {
        var bytes = Files.readAllBytes(left);
        if (name(left).endsWith(PART)) {
          Files.deleteIfExists(left);
          continue;
        }
        var mark = Digest.of(bytes).substring(0, 12);
        // By its name: what was expected there, and what was to come there.
        if (name(left).contains("-" + mark)) {
          Files.deleteIfExists(left);
        } else {
          orphans.add(bytes);
        }
      }
    }
    return orphans;
  }

  /// Removes what [#orphans] found.
  void dropOrphan(byte[] bytes) throws IOException {
    var head = SCRATCH + file.getFileName() + "-";
    try (Stream<Path> all = Files.list(folder())) {
      for (var left : all.filter(each -> name(each).startsWith(head)).toList()) {
        if (Arrays.equals(Files.readAllBytes(left), bytes)) {
          Files.deleteIfExists(left);
        }
      }
    }
  }

  private Path scratch(String before, String after) {
    return folder()
        .resolve(SCRATCH + file.getFileName() + "-" + head(before) + "-" + head(after) + ".tmp");
  }

  private static String head(String digest) {
    return digest.substring(0, Math.min(12, digest.length()));
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  /// Whatever bears the name is whole and on the disk.
  private static void write(Path fresh, byte[] bytes) throws IOException {
    var part = fresh.resolveSibling(fresh.getFileName() + PART);
    Files.deleteIfExists(part);
    var options = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    try (var channel = FileChannel.open(part, options, privately("rw-------"))) {
      for (var rest = ByteBuffer.wrap(bytes); rest.hasRemaining(); ) {
        channel.write(rest);
      }
      channel.force(true);
    }
    Files.move(part, fresh, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Makes the names in its folder durable.
  private void force() throws IOException {
    try (var channel = FileChannel.open(folder(), StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private Path folder() {
    return Objects.requireNonNull(file.toAbsolutePath().getParent());
  }

  /// Replaces a file that only mimo writes, and that is missed by nobody if a power cut takes it.
  static void overwriteSoon(Path file, byte[] bytes) throws IOException {
    var fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, privately("rw-------"));
    Files.write(fresh, bytes);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Replaces a file that only mimo writes.
  static void overwrite(Path file, byte[] bytes) throws IOException {
    var fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    write(fresh, bytes);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  static FileAttribute<?> privately(String rights) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights));
  }
}
