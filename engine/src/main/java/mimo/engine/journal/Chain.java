package mimo.engine.journal;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/// The hashes that chain the entries of a stream (D15): each is made of the one before and of its
/// own entry, so that the last one vouches for all.
public final class Chain {

  private Chain() {}

  /// The hash before a stream's first entry. It is the stream's own, so that no entries of another
  /// stream can pass for its own (S24).
  public static byte[] start(StreamId stream) {
    return Digests.sha256().digest(stream.toString().getBytes(StandardCharsets.UTF_8));
  }

  /// The hash of an entry that follows the one with hash `previous`.
  ///
  /// @param entry the bytes of the entry
  public static byte[] next(byte[] previous, byte[] entry) {
    var digest = Digests.sha256();
    digest.update(previous);
    return digest.digest(entry);
  }

  /// The bytes of an entry that count.
  public static byte[] bytes(long number, String type, String body) {
    return (number + " " + type + " " + body).getBytes(StandardCharsets.UTF_8);
  }

  /// The hash of the last of these records, if they are all of a stream, in hex.
  public static String head(StreamId stream, List<JournalRecord> records) {
    var hash = start(stream);
    long number = 0;
    for (var record : records) {
      number++;
      hash = next(hash, bytes(number, record.type(), record.body()));
    }
    return HexFormat.of().formatHex(hash);
  }
}
