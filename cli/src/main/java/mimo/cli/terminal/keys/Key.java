package mimo.cli.terminal.keys;

/// Something somebody typed.
public sealed interface Key {

  /// Characters that mean themselves.
  record Text(String text) implements Key {}

  /// What was put in from elsewhere, in one piece; its line breaks submit nothing.
  record Paste(String text) implements Key {}

  /// A key that means something.
  enum Named implements Key {
    ENTER,
    NEW_LINE,
    ESCAPE,
    INTERRUPT,
    END_OF_INPUT,
    TAB,
    BACKSPACE,
    DELETE,
    DELETE_WORD,
    DELETE_TO_START,
    DELETE_TO_END,
    LEFT,
    RIGHT,
    UP,
    DOWN,
    HOME,
    END,
    WORD_LEFT,
    WORD_RIGHT,
    REDRAW,

    /// The terminal sent something that no key of ours sends.
    UNKNOWN
  }
}
