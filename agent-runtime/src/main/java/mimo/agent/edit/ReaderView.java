package mimo.agent.edit;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/// The bytes of a file as a reader sees them: no BOM, and one LF for each CRLF. Immutable; every
/// place in it leads back to the bytes.
final class ReaderView {

  private static final byte[] BOM = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final byte[] file;
  private final byte[] shown;
  private final int bom;

  /// The places of line ends that lost their CR, in order.
  private final int[] shortened;

  ReaderView(byte[] file) {
    this.file = file;
    bom = file.length >= 3 && Arrays.mismatch(file, 0, 3, BOM, 0, 3) < 0 ? 3 : 0;
    shown = new byte[file.length - bom - crlfs()];
    shortened = new int[crlfs()];
    int at = 0;
    int lost = 0;
    for (int i = bom; i < file.length; i++) {
      if (isCrlf(i)) {
        shortened[lost++] = at;
      } else {
        shown[at++] = file[i];
      }
    }
  }

  private int crlfs() {
    int count = 0;
    for (int i = bom; i < file.length; i++) {
      count += isCrlf(i) ? 1 : 0;
    }
    return count;
  }

  private boolean isCrlf(int at) {
    return file[at] == '\r' && at + 1 < file.length && file[at + 1] == '\n';
  }

  /// What is seen; nobody may change it.
  byte[] shown() {
    return shown;
  }

  /// Which line a place is in, from 1.
  int line(int place) {
    int line = 1;
    for (int i = 0; i < place; i++) {
      line += shown[i] == '\n' ? 1 : 0;
    }
    return line;
  }

  /// Where a place is in the file; the end of a line begins with its CR.
  private int inFile(int place) {
    int before = Arrays.binarySearch(shortened, place);
    return bom + place + (before < 0 ? -before - 1 : before);
  }

  private boolean losesCr(int newline) {
    return Arrays.binarySearch(shortened, newline) >= 0;
  }

  /// Pieces of what is seen that are all to be replaced alike.
  static final class Pieces {
    private final int[] starts;
    private final int length;
    private final int lineEnd;

    /// @param starts ascending, none within another
    /// @param length of each
    /// @param lineEnd how far before each the line ends whose end new lines shall have; 0 if none
    Pieces(int[] starts, int length, int lineEnd) {
      this.starts = starts;
      this.length = length;
      this.lineEnd = lineEnd;
    }
  }

  /// The file with `fresh`, which has LF alone, in the place of each piece.
  ///
  /// Line ends stay what they were, each in turn. What is added is like the last of those, else
  /// like the one before that the pieces name, else like the next in the file, else like the last.
  byte[] replaced(Pieces pieces, byte[] fresh) {
    var out = new ByteArrayOutputStream(file.length + fresh.length);
    int copied = 0;
    int last = lastNewline();
    int newline = -1;
    for (int start : pieces.starts) {
      int from = inFile(start);
      out.write(file, copied, from - copied);
      if (newline < start) {
        newline = start > last ? last : next(start, shown.length);
      }
      int end = start + pieces.length;
      boolean named = pieces.lineEnd > 0 && (newline < start || newline >= end);
      write(out, fresh, named ? start - pieces.lineEnd : newline, end);
      copied = inFile(end);
    }
    out.write(file, copied, file.length - copied);
    return out.toByteArray();
  }

  private void write(ByteArrayOutputStream out, byte[] fresh, int firstNewline, int end) {
    int newline = firstNewline;
    for (byte unit : fresh) {
      if (unit == '\n') {
        if (newline >= 0 && losesCr(newline)) {
          out.write('\r');
        }
        int following = newline < 0 ? -1 : next(newline + 1, end);
        newline = following < 0 ? newline : following;
      }
      out.write(unit);
    }
  }

  private int lastNewline() {
    int last = shown.length - 1;
    while (last >= 0 && shown[last] != '\n') {
      last--;
    }
    return last;
  }

  private int next(int from, int to) {
    for (int i = from; i < to; i++) {
      if (shown[i] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
