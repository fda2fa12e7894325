package mimo.agent.shell;

/// One word of a command.
///
/// @param text what the command gets; where that cannot be told, the word as it is written
/// @param prefix what the command gets at the beginning of the word, as far as that can be told
public record Word(String text, Form form, String prefix) {

  /// How much of a word is known before it is run.
  public enum Form {
    /// All of it.
    LITERAL,

    /// It is one word, or several that begin alike: a quoted variable, a file pattern.
    PARTLY_KNOWN,

    /// It may be any number of words, and any.
    UNKNOWN
  }

  /// A word that is known.
  public static Word literal(String text) {
    return new Word(text, Form.LITERAL, text);
  }

  /// Any words at all, which a command gets from elsewhere.
  public static Word unknown(String shown) {
    return new Word(shown, Form.UNKNOWN, "");
  }

  public boolean isLiteral() {
    return form == Form.LITERAL;
  }

  public boolean is(String literal) {
    return isLiteral() && text.equals(literal);
  }

  /// Whether the command may take it for an option.
  public boolean mayBeOption() {
    return switch (form) {
      case LITERAL, PARTLY_KNOWN -> prefix.isEmpty() ? !isLiteral() : prefix.startsWith("-");
      case UNKNOWN -> true;
    };
  }
}
