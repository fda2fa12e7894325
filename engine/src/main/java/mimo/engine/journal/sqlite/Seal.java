package mimo.engine.journal.sqlite;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import mimo.engine.journal.Digests;

/// What makes a damaged entry visible (D15): a checksum of its own bytes, and a hash that chains it
/// to all entries before it.
final class Seal {

  /// The hash before a stream's first entry.
  static final byte[] START = new byte[32];

  private final long crc;
  private final byte[] hash;

  private Seal(long crc, byte[] hash) {
    this.crc = crc;
    this.hash = hash;
  }

  /// Seals an entry that follows the one with hash `previous`.
  static Seal of(byte[] previous, long number, String type, String body) {
    var bytes = (number + " " + type + " " + body).getBytes(StandardCharsets.UTF_8);
    var digest = Digests.sha256();
    digest.update(previous);
    return new Seal(crc(bytes), digest.digest(bytes));
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
