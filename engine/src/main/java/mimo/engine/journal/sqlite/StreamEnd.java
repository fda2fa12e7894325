package mimo.engine.journal.sqlite;

import java.util.HexFormat;

/// The last sound entry of a stream; number 0 before the first.
record StreamEnd(long number, String hexHash) {

  static final StreamEnd EMPTY = new StreamEnd(0, HexFormat.of().formatHex(Seal.START));

  StreamEnd(long number, byte[] hash) {
    this(number, HexFormat.of().formatHex(hash));
  }

  byte[] hash() {
    return HexFormat.of().parseHex(hexHash);
  }
}
