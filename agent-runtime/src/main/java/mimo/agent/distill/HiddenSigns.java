package mimo.agent.distill;

import java.util.Optional;

/// Finds characters that a diff does not show, but a model reads.
final class HiddenSigns {

  private static final int NON_JOINER = 0x200c;
  private static final int JOINER = 0x200d;
  private static final int AS_EMOJI = 0xfe0f;

  /// Where scripts begin whose letters are joined and kept apart.
  private static final int JOINED_SCRIPTS = 0x0590;

  private HiddenSigns() {}

  /// The first one of a text, as `U+202E`.
  static Optional<String> first(String text) {
    var points = text.codePoints().toArray();
    for (int i = 0; i < points.length; i++) {
      int before = i == 0 ? ' ' : points[i - 1];
      int after = i + 1 == points.length ? ' ' : points[i + 1];
      if (isHidden(before, points[i], after)) {
        return Optional.of("U+%04X".formatted(points[i]));
      }
    }
    return Optional.empty();
  }

  private static boolean isHidden(int before, int point, int after) {
    return switch (point) {
      case '\n', '\t' -> false;
      case NON_JOINER, JOINER -> !((isJoined(before) || before == AS_EMOJI) && isJoined(after));
      case AS_EMOJI -> !isSign(before);
      default -> isBlank(point) || isUnprinted(point);
    };
  }

  private static boolean isJoined(int point) {
    return switch (Character.getType(point)) {
      case Character.OTHER_LETTER,
          Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.OTHER_SYMBOL,
          Character.MODIFIER_SYMBOL ->
          point >= JOINED_SCRIPTS && !isBlank(point);
      default -> false;
    };
  }

  /// Whether it can be shown as an emoji.
  private static boolean isSign(int point) {
    return switch (Character.getType(point)) {
      case Character.OTHER_SYMBOL, Character.MODIFIER_SYMBOL, Character.MATH_SYMBOL ->
          !isBlank(point);
      default -> Character.isDigit(point) || point == '#' || point == '*' || point == 0x203c;
    };
  }

  /// Letters, marks and signs of which nothing is seen.
  private static boolean isBlank(int point) {
    return point == 0x034f
        || point == 0x115f
        || point == 0x1160
        || point == 0x17b4
        || point == 0x17b5
        || (point >= 0x180b && point <= 0x180f)
        || point == 0x2800
        || point == 0x3164
        || (point >= 0xfe00 && point <= 0xfe0f)
        || point == 0xffa0
        || (point >= 0xe0000 && point <= 0xe0fff);
  }

  private static boolean isUnprinted(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
