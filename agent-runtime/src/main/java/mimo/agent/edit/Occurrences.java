package mimo.agent.edit;

import java.util.Arrays;

/// Finds bytes in bytes, in time proportional to both however they repeat.
final class Occurrences {

  private Occurrences() {}

  /// Where `wanted` begins in `text`, ascending. Two may overlap, for each is a place one could
  /// mean.
  static int[] of(byte[] wanted, byte[] text) {
    if (wanted.length == 0) {
      return new int[0];
    }
    int[] borders = borders(wanted);
    int[] found = new int[4];
    int count = 0;
    int matched = 0;
    for (int i = 0; i < text.length; i++) {
      while (matched > 0 && (matched == wanted.length || wanted[matched] != text[i])) {
        matched = borders[matched - 1];
      }
      if (wanted[matched] == text[i]) {
        matched++;
      }
      if (matched == wanted.length) {
        found = count == found.length ? Arrays.copyOf(found, count * 2) : found;
        found[count++] = i + 1 - wanted.length;
      }
    }
    return Arrays.copyOf(found, count);
  }

  /// Those of `starts` that are `length` apart at least, from the first on.
  static int[] apart(int[] starts, int length) {
    int[] kept = new int[starts.length];
    int count = 0;
    for (int start : starts) {
      if (count == 0 || start >= kept[count - 1] + length) {
        kept[count++] = start;
      }
    }
    return Arrays.copyOf(kept, count);
  }

  /// For each beginning of `wanted`, how much of its end is a beginning again.
  private static int[] borders(byte[] wanted) {
    int[] borders = new int[wanted.length];
    int border = 0;
    for (int i = 1; i < wanted.length; i++) {
      while (border > 0 && wanted[border] != wanted[i]) {
        border = borders[border - 1];
      }
      border += wanted[border] == wanted[i] ? 1 : 0;
      borders[i] = border;
    }
    return borders;
  }
}
