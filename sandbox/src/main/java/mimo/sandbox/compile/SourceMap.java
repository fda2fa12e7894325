package mimo.sandbox.compile;

import java.util.Arrays;
import mimo.sandbox.GuestEvent.Position;

/// Leads positions in the text that runs back to the text its author wrote.
///
/// The rewrite only ever inserts, and never a line break, so the map is the sorted list of the
/// insertions: where each stands in the running text, and how much stands before it.
final class SourceMap {

  private final LineIndex running;
  private final LineIndex written;
  private final int[] at;
  private final int[] inserted;
  private final int[] before;

  /// @param at where each insertion begins in the running text, ascending
  /// @param lengths how long each is
  SourceMap(String running, String written, int[] at, int[] lengths) {
    this.running = new LineIndex(running);
    this.written = new LineIndex(written);
    this.at = at.clone();
    this.inserted = lengths.clone();
    this.before = new int[lengths.length];
    for (int i = 1; i < lengths.length; i++) {
      before[i] = before[i - 1] + lengths[i - 1];
    }
  }

  /// The author's position; 0:0 if the running text has no such place.
  Position toWritten(Position position) {
    int offset = running.offset(position);
    return offset < 0 ? new Position(0, 0) : written.position(toWritten(offset));
  }

  Position writtenAt(int offset) {
    return written.position(offset);
  }

  /// An offset inside an insertion leads to the place where the insertion was made.
  int toWritten(int offset) {
    int found = Arrays.binarySearch(at, offset);
    int last = found >= 0 ? found : -found - 2;
    return last < 0 ? offset : offset - before[last] - Math.min(inserted[last], offset - at[last]);
  }
}
