package mimo.cli.terminal.keys;

import java.util.Map;
import java.util.Optional;
import mimo.cli.terminal.keys.Key.Named;
import org.jspecify.annotations.Nullable;

/// Makes keys of the characters a terminal sends. Confined to one thread.
///
/// Most special keys arrive as the escape character and more; the escape key as that character
/// alone. Only time tells the two apart, so whoever reads says when nothing more has come.
final class KeyDecoder {

  private static final char ESCAPE = '\u001b';
  private static final String PASTE_BEGINS = "[200~";
  private static final String PASTE_ENDS = ESCAPE + "[201~";

  /// More is not gathered; what follows arrives as if it were typed.
  private static final int PASTE_CHARS = 1 << 20;

  /// No key sends more.
  private static final int SEQUENCE_CHARS = 32;

  private static final Map<Character, Named> CONTROLS =
      Map.ofEntries(
          Map.entry('\r', Named.ENTER),
          Map.entry('\n', Named.NEW_LINE),
          Map.entry('\t', Named.TAB),
          Map.entry('\u0003', Named.INTERRUPT),
          Map.entry('\u0004', Named.END_OF_INPUT),
          Map.entry('\b', Named.BACKSPACE),
          Map.entry('\u007f', Named.BACKSPACE),
          Map.entry('\u0001', Named.HOME),
          Map.entry('\u0005', Named.END),
          Map.entry('\u0002', Named.LEFT),
          Map.entry('\u0006', Named.RIGHT),
          Map.entry('\u0010', Named.UP),
          Map.entry('\u000e', Named.DOWN),
          Map.entry('\u0017', Named.DELETE_WORD),
          Map.entry('\u0015', Named.DELETE_TO_START),
          Map.entry('\u000b', Named.DELETE_TO_END),
          Map.entry('\f', Named.REDRAW));

  private static final Map<String, Named> SEQUENCES =
      Map.ofEntries(
          Map.entry("[A", Named.UP),
          Map.entry("[B", Named.DOWN),
          Map.entry("[C", Named.RIGHT),
          Map.entry("[D", Named.LEFT),
          Map.entry("OA", Named.UP),
          Map.entry("OB", Named.DOWN),
          Map.entry("OC", Named.RIGHT),
          Map.entry("OD", Named.LEFT),
          Map.entry("[H", Named.HOME),
          Map.entry("[F", Named.END),
          Map.entry("OH", Named.HOME),
          Map.entry("OF", Named.END),
          Map.entry("[1~", Named.HOME),
          Map.entry("[4~", Named.END),
          Map.entry("[3~", Named.DELETE),
          Map.entry("[1;5D", Named.WORD_LEFT),
          Map.entry("[1;5C", Named.WORD_RIGHT),
          Map.entry("[1;3D", Named.WORD_LEFT),
          Map.entry("[1;3C", Named.WORD_RIGHT),
          Map.entry("b", Named.WORD_LEFT),
          Map.entry("f", Named.WORD_RIGHT),
          Map.entry("\u007f", Named.DELETE_WORD),
          Map.entry("\r", Named.NEW_LINE),
          Map.entry("\n", Named.NEW_LINE),
          Map.entry("[13;2u", Named.NEW_LINE),
          Map.entry("[27;2;13~", Named.NEW_LINE));

  private final StringBuilder sequence = new StringBuilder();
  private @Nullable StringBuilder paste;
  private char high;

  /// The next character; empty while the key is not whole.
  Optional<Key> take(char next) {
    if (paste != null) {
      return pasted(paste, next);
    }
    if (!sequence.isEmpty()) {
      return continued(next);
    }
    if (next == ESCAPE) {
      sequence.append(next);
      return Optional.empty();
    }
    return Optional.ofNullable(plain(next));
  }

  /// Whether more of a key may be on its way.
  boolean expectsMore() {
    return !sequence.isEmpty();
  }

  /// Nothing more has come for a while.
  Optional<Key> pause() {
    if (sequence.isEmpty()) {
      return Optional.empty();
    }
    var alone = sequence.length() == 1;
    sequence.setLength(0);
    return Optional.of(alone ? Named.ESCAPE : Named.UNKNOWN);
  }

  private @Nullable Key plain(char next) {
    var control = CONTROLS.get(next);
    if (control != null) {
      return control;
    }
    if (next < ' ') {
      return Named.UNKNOWN;
    }
    if (Character.isHighSurrogate(next)) {
      high = next;
      return null;
    }
    if (Character.isLowSurrogate(next)) {
      var pair = high == 0 ? Named.UNKNOWN : new Key.Text(new String(new char[] {high, next}));
      high = 0;
      return pair;
    }
    return new Key.Text(String.valueOf(next));
  }

  private Optional<Key> continued(char next) {
    if (next == ESCAPE) {
      // The escape key, and then another key.
      sequence.setLength(1);
      return Optional.of(Named.ESCAPE);
    }
    sequence.append(next);
    var known = sequence.substring(1);
    if (known.equals(PASTE_BEGINS)) {
      sequence.setLength(0);
      paste = new StringBuilder();
      return Optional.empty();
    }
    var key = SEQUENCES.get(known);
    if (key == null && !isOver(known)) {
      return Optional.empty();
    }
    sequence.setLength(0);
    return Optional.of(key == null ? Named.UNKNOWN : key);
  }

  /// After `[` come digits and signs, then one letter or `~`; after `O` one character.
  private static boolean isOver(String known) {
    char last = known.charAt(known.length() - 1);
    return switch (known.charAt(0)) {
      case '[' -> (known.length() > 1 && last >= '@' && last <= '~') || isTooLong(known);
      case 'O' -> known.length() > 1;
      default -> true;
    };
  }

  private static boolean isTooLong(String known) {
    return known.length() > SEQUENCE_CHARS;
  }

  private Optional<Key> pasted(StringBuilder text, char next) {
    text.append(next);
    boolean ends = text.length() >= PASTE_ENDS.length() && endsWith(text, PASTE_ENDS);
    if (!ends && text.length() < PASTE_CHARS) {
      return Optional.empty();
    }
    paste = null;
    var whole = ends ? text.substring(0, text.length() - PASTE_ENDS.length()) : text.toString();
    return Optional.of(new Key.Paste(whole.replace("\r\n", "\n").replace('\r', '\n')));
  }

  private static boolean endsWith(StringBuilder text, String end) {
    return text.indexOf(end, text.length() - end.length()) >= 0;
  }
}
