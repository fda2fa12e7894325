package mimo.agent.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/// The tree that a repository's index comes to, as long as the index is what it was: git need not
/// be asked again. Confined to whoever holds the repository's lock.
///
/// Git ends an index with a digest of all of it, so neither a killed process nor a lost write can
/// make another one look like it.
final class KnownTree {

  private static final int DIGEST_BYTES = 32;

  private final Path index;
  private final Path objects;
  private final Path note;

  KnownTree(Path repository) {
    this.index = repository.resolve("index");
    this.objects = repository.resolve("objects");
    this.note = repository.resolve("mimo.tree");
  }

  /// The tree of the index there is now, if it is known and still there.
  Optional<String> get() throws IOException {
    var end = end();
    if (end.isEmpty() || !Files.exists(note)) {
      return Optional.empty();
    }
    // What a power cut left there need not be text.
    var text = new String(Files.readAllBytes(note), StandardCharsets.ISO_8859_1);
    var words = text.strip().split(" ", -1);
    boolean known = words.length == 2 && words[1].equals(end) && Snapshots.isTree(words[0]);
    return known && isWhole(object(words[0])) ? Optional.of(words[0]) : Optional.empty();
  }

  /// This is what the index there is now comes to.
  void is(String tree) throws IOException {
    Files.writeString(note, tree + " " + end() + "\n");
  }

  /// Git takes an object for kept if its file is there: one that lost what it held has to go.
  private static boolean isWhole(Path object) throws IOException {
    if (!Files.exists(object)) {
      return false;
    }
    if (Files.size(object) == 0) {
      Files.delete(object);
      return false;
    }
    return true;
  }

  private Path object(String tree) {
    return objects.resolve(tree.substring(0, 2)).resolve(tree.substring(2));
  }

  /// The last bytes of the index, which hold its digest; empty if there is none.
  private String end() throws IOException {
    if (!Files.exists(index)) {
      return "";
    }
    try (var channel = FileChannel.open(index)) {
      var bytes = ByteBuffer.allocate(DIGEST_BYTES);
      long from = channel.size() - DIGEST_BYTES;
      while (from >= 0 && bytes.hasRemaining()) {
        if (channel.read(bytes, from + bytes.position()) < 0) {
          break;
        }
      }
      return bytes.hasRemaining() ? "" : HexFormat.of().formatHex(bytes.array());
    }
  }
}
