package mimo.agent.edit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;

/// Text without what eye and keyboard do not tell apart (A46): in the form NFKC, with one kind of
/// quotes, dashes and spaces, and without blanks at the ends of lines. Immutable.
///
/// It is folded character by character, each with the marks combined with it, so that every place
/// where one begins or ends leads back to the text as it was.
final class FoldedText {

  /// A piece of the text as it was, in bytes of UTF-8.
  record Piece(int from, int to) {}

  private final byte[] bytes;
  private final boolean cutAtEnd;

  // Of each character: where it begins in `bytes`, and from where to where it was in the text.
  private final int[] at;
  private final int[] from;
  private final int[] to;

  private FoldedText(Folding folding) {
    bytes = folding.out.toByteArray();
    cutAtEnd = folding.cutAtEnd;
    at = Arrays.copyOf(folding.at, folding.count);
    from = Arrays.copyOf(folding.from, folding.count);
    to = Arrays.copyOf(folding.to, folding.count);
  }

  static FoldedText of(String text) {
    var folding = new Folding(text.length());
    folding.fold(text);
    return new FoldedText(folding);
  }

  /// Where the text had what `wanted` was, but for what folding takes away.
  Piece[] find(FoldedText wanted) {
    return Arrays.stream(Occurrences.of(wanted.bytes, bytes))
        .filter(start -> isPlace(start) && isPlace(start + wanted.bytes.length))
        .filter(start -> !wanted.cutAtEnd || endsLine(start + wanted.bytes.length))
        .mapToObj(start -> piece(start, start + wanted.bytes.length))
        .toArray(Piece[]::new);
  }

  private boolean isPlace(int place) {
    return place == bytes.length || Arrays.binarySearch(at, place) >= 0;
  }

  private boolean endsLine(int place) {
    return place == bytes.length || bytes[place] == '\n';
  }

  private Piece piece(int start, int end) {
    int last = end == bytes.length ? at.length - 1 : Arrays.binarySearch(at, end) - 1;
    return new Piece(from[Arrays.binarySearch(at, start)], to[last]);
  }

  /// The folding under way.
  private static final class Folding {
    private final ByteArrayOutputStream out;

    /// Blanks, each of one byte, that are written as soon as something follows in their line.
    private final StringBuilder waiting = new StringBuilder();

    private int[] at;
    private int[] from;
    private int[] to;
    private int count;
    private boolean cutAtEnd;

    /// How many of the characters so far are not blanks that may turn out to end a line.
    private int solid;

    Folding(int length) {
      out = new ByteArrayOutputStream(length);
      at = new int[16];
      from = new int[16];
      to = new int[16];
    }

    void fold(String text) {
      int place = 0;
      for (int i = 0; i < text.length(); ) {
        int end = characterEnd(text, i);
        int length = 0;
        for (int j = i; j < end; j += Character.charCount(text.codePointAt(j))) {
          length += utf8Length(text.codePointAt(j));
        }
        add(folded(text, i, end), place, place + length);
        place += length;
        i = end;
      }
      cutAtEnd = solid < count;
      dropBlanks();
    }

    private void add(String character, int start, int end) {
      boolean blank = character.equals(" ") || character.equals("\t");
      if (character.equals("\n")) {
        dropBlanks();
      }
      if (character.isEmpty()) {
        return;
      }
      if (count == at.length) {
        at = Arrays.copyOf(at, count * 2);
        from = Arrays.copyOf(from, count * 2);
        to = Arrays.copyOf(to, count * 2);
      }
      at[count] = waiting.length() + out.size();
      from[count] = start;
      to[count] = end;
      count++;
      waiting.append(character);
      if (!blank) {
        out.writeBytes(waiting.toString().getBytes(StandardCharsets.UTF_8));
        waiting.setLength(0);
        solid = count;
      }
    }

    private void dropBlanks() {
      waiting.setLength(0);
      count = solid;
    }

    private static int characterEnd(String text, int start) {
      int end = start + Character.charCount(text.codePointAt(start));
      while (end < text.length() && combines(text.codePointAt(end))) {
        end += Character.charCount(text.codePointAt(end));
      }
      return end;
    }

    private static boolean combines(int point) {
      if (point < 0x300) {
        return false;
      }
      int type = Character.getType(point);
      boolean vowelOfHangul = point >= 0x1160 && point <= 0x11ff;
      return type == Character.NON_SPACING_MARK
          || type == Character.COMBINING_SPACING_MARK
          || type == Character.ENCLOSING_MARK
          || vowelOfHangul;
    }

    private static String folded(String text, int start, int end) {
      if (end == start + 1 && text.charAt(start) < 0x80) {
        return like(text.charAt(start));
      }
      var uniform = new StringBuilder();
      text.substring(start, end)
          .codePoints()
          .map(Folding::uniform)
          .forEach(uniform::appendCodePoint);
      var normal = new StringBuilder();
      Normalizer.normalize(uniform, Normalizer.Form.NFKC)
          .codePoints()
          .map(Folding::uniform)
          .forEach(normal::appendCodePoint);
      return normal.toString();
    }

    private static String like(char ascii) {
      return String.valueOf((char) uniform(ascii));
    }

    private static int uniform(int point) {
      return switch (point) {
        case 0xb4, 0x2018, 0x2019, 0x201a, 0x201b, 0x2032, 0x2035 -> '\'';
        case 0x201c, 0x201d, 0x201e, 0x201f, 0x2033, 0x2036 -> '"';
        case 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xfe58, 0xfe63, 0xff0d -> '-';
        default -> Character.getType(point) == Character.SPACE_SEPARATOR ? ' ' : point;
      };
    }

    private static int utf8Length(int point) {
      return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    }
  }
}
