package mimo.agent.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Predicate;

/// What a repository has before anything is kept in it, as `git init` would make it: that and its
/// settings are seven programs to start. What a power cut left empty is written anew.
///
/// @param folder of the repository
record BlankRepository(Path folder) {

  /// Says more than any attribute of the workspace can.
  private static final String AS_IT_IS =
      "* -text -eol -filter -ident -working-tree-encoding !diff\n";

  private static final String SETTINGS =
      """
      [core]
      \trepositoryFormatVersion = 0
      \tbare = false
      \tfileMode = true
      \tsymlinks = true
      \tautocrlf = false
      \tcompression = 1
      \tlooseCompression = 1
      [index]
      \tversion = 4
      """;

  /// Makes the folder, in which the lock lies that the rest is made under.
  void prepare() throws IOException {
    var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(folder, owner);
  }

  /// Makes what is not there. For whoever holds the lock.
  void complete() throws IOException {
    for (var needed : List.of("info", "objects", "refs/heads")) {
      Files.createDirectories(folder.resolve(needed));
    }
    // Those that git itself made say the same in other words.
    write("config", SETTINGS, text -> text.contains("[core]"));
    write("HEAD", "ref: refs/heads/none\n", text -> text.startsWith("ref: refs/heads/"));
    write("info/attributes", AS_IT_IS, AS_IT_IS::equals);
  }

  private void write(String name, String text, Predicate<String> isSound) throws IOException {
    var file = folder.resolve(name);
    if (Files.exists(file)
        && isSound.test(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))) {
      return;
    }
    var fresh = folder.resolve(name + ".mimo");
    try (var channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        var _ = channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
