package mimo.engine.journal.sqlite;

import java.util.Arrays;
import java.util.zip.CRC32C;
import mimo.engine.journal.Chain;
import mimo.engine.journal.StreamId;

/// What makes a damaged entry visible (D15): a checksum of its own bytes, and a hash that chains it
/// to all entries before it.
final class Seal {

  private final long crc;
  private final byte[] hash;

  private Seal(long crc, byte[] hash) {
    this.crc = crc;
    this.hash = hash;
  }

  /// The hash before a stream's first entry. It is the stream's own, so that no entries of another
  /// stream can pass for its own (S24).
  static byte[] start(StreamId stream) {
    return Chain.start(stream);
  }

  /// Seals an entry that follows the one with hash `previous`.
  static Seal of(byte[] previous, long number, String type, String body) {
    var bytes = Chain.bytes(number, type, body);
    return new Seal(crc(bytes), Chain.next(previous, bytes));
  }

  /// The checksum of an entry by itself.
  static long crc(long number, String type, String body) {
    return crc(Chain.bytes(number, type, body));
  }

  private static long crc(byte[] bytes) {
    var crc = new CRC32C();
    crc.update(bytes);
    return crc.getValue();
  }

  long crc() {
    return crc;
  }

  byte[] hash() {
    return hash.clone();
  }

  boolean isHash(byte[] stored) {
    return Arrays.equals(hash, stored);
  }
}
