package mimo.agent.shell;

import mimo.agent.shell.Word.Form;

/// A word while it is being read. Confined to one thread.
final class WordBuilder {

  private final StringBuilder text = new StringBuilder();
  private Form form = Form.LITERAL;
  private int known = -1;

  void add(char character) {
    text.append(character);
  }

  void add(String characters) {
    text.append(characters);
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  char last() {
    return text.isEmpty() ? Scanner.END : text.charAt(text.length() - 1);
  }

  /// From here on only so much is known.
  void blurred(Form how) {
    if (known < 0) {
      known = text.length();
    }
    if (how.compareTo(form) > 0) {
      form = how;
    }
  }

  /// @param written the word as it stands in the command line
  Word word(String written) {
    return form == Form.LITERAL
        ? Word.literal(text.toString())
        : new Word(written, form, text.substring(0, known));
  }
}
