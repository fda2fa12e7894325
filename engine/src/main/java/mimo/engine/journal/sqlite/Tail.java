package mimo.engine.journal.sqlite;

/// The end of one stream, as the writer's thread left it. Confined to that thread.
final class Tail {

  private final long row;
  private long number;
  private byte[] hash;

  /// @param row the stream's row
  Tail(long row, StreamEnd end) {
    this.row = row;
    this.number = end.number();
    this.hash = end.hash();
  }

  long row() {
    return row;
  }

  /// Seals the stream's next entry.
  Seal seal(String type, String body) {
    number++;
    var seal = Seal.of(hash, number, type, body);
    hash = seal.hash();
    return seal;
  }

  /// The number of the entry sealed last.
  long number() {
    return number;
  }
}
