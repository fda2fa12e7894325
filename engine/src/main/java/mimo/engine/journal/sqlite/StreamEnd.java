package mimo.engine.journal.sqlite;

import java.util.HexFormat;
import mimo.engine.journal.StreamId;

/// The last sound entry of a stream; number 0 before the first.
record StreamEnd(long number, String hexHash) {

  /// What the first entry of `stream` follows.
  static StreamEnd none(StreamId stream) {
    return new StreamEnd(0, Seal.start(stream));
  }

  StreamEnd(long number, byte[] hash) {
    this(number, HexFormat.of().formatHex(hash));
  }

  byte[] hash() {
    return HexFormat.of().parseHex(hexHash);
  }
}
