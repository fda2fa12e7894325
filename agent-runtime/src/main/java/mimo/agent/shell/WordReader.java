package mimo.agent.shell;

import java.util.function.Consumer;
import java.util.regex.Pattern;
import mimo.agent.shell.Word.Form;
import org.jspecify.annotations.Nullable;

/// Reads words with their quotes, escapes and expansions (S49). Confined to one thread.
final class WordReader {

  /// `${…}` that looks up a variable and computes nothing: what computes can run commands.
  private static final Pattern LOOKUP =
      Pattern.compile(
          "#?(?:[A-Za-z_][A-Za-z0-9_]*|[0-9]+|[@*#?$!-])(?:\\[(?:[0-9]+|[@*])\\])?"
              + "(?::?[-+?][\\w./:, =-]*|[#%]{1,2}[\\w./:,*?-]*|:[0-9]+(?::[0-9]+)?"
              + "|//?[\\w.:,-]+(?:/[\\w./:,-]*)?|\\^{1,2}|,{1,2})?");

  private static final Pattern SEVERAL = Pattern.compile("[@*].*|.*\\[[@*]\\].*");

  private final Scanner in;

  /// Reads the commands of a substitution that begins here, up to its closing parenthesis.
  private final Runnable substituted;

  /// Reads commands that stand in backquotes.
  private final Consumer<String> backquoted;

  WordReader(Scanner in, Runnable substituted, Consumer<String> backquoted) {
    this.in = in;
    this.substituted = substituted;
    this.backquoted = backquoted;
  }

  /// A word, and how it is written, without joined lines.
  record Read(Word word, String bare) {}

  /// The word that begins here; null if none does.
  @Nullable Read read() {
    if (in.atWordEnd() && !isProcess()) {
      return null;
    }
    int start = in.position();
    var word = new WordBuilder();
    while (!in.atWordEnd() || isProcess()) {
      piece(word);
    }
    var written = in.from(start).replace("\\\n", "");
    return new Read(word.word(written), written);
  }

  private boolean isProcess() {
    return in.sees("<(") || in.sees(">(");
  }

  private void piece(WordBuilder word) {
    switch (in.peek()) {
      case '<', '>' -> {
        word.blurred(Form.PARTLY_KNOWN);
        in.next();
        in.next();
        substituted.run();
      }
      case '\\' -> escaped(word);
      case '\'' -> singleQuoted(word);
      case '"' -> doubleQuoted(word);
      case '$', '`' -> expansion(word, Form.UNKNOWN);
      case '*', '?', '[' -> {
        char character = in.next();
        // Alone it is the name of a command.
        if (character != '[' || !word.isEmpty() || !in.atWordEnd()) {
          word.blurred(Form.PARTLY_KNOWN);
        }
        word.add(character);
      }
      case '~' -> tilde(word);
      case '{' -> brace(word);
      default -> word.add(in.next());
    }
  }

  private void escaped(WordBuilder word) {
    in.next();
    if (in.atEnd()) {
      throw new UnparsableException("it ends with a backslash");
    }
    char character = in.next();
    if (character != '\n') {
      word.add(character);
    }
  }

  private void singleQuoted(WordBuilder word) {
    in.next();
    while (in.peek() != '\'') {
      if (in.atEnd()) {
        throw new UnparsableException("a single quote is not closed");
      }
      word.add(in.next());
    }
    in.next();
  }

  private void doubleQuoted(WordBuilder word) {
    in.next();
    while (in.peek() != '"') {
      if (in.atEnd()) {
        throw new UnparsableException("a double quote is not closed");
      }
      quotedPiece(word, "\"");
    }
    in.next();
  }

  /// One piece of what stands in double quotes, or in a document that is expanded.
  ///
  /// @param quote the quote that a backslash takes away there
  void quotedPiece(WordBuilder word, String quote) {
    switch (in.peek()) {
      case '\\' -> {
        in.next();
        char character = in.peek();
        if (character == '\n') {
          in.next();
        } else if (character != Scanner.END && ("$`\\" + quote).indexOf(character) >= 0) {
          word.add(in.next());
        } else {
          word.add('\\');
        }
      }
      case '$', '`' -> expansion(word, Form.PARTLY_KNOWN);
      default -> word.add(in.next());
    }
  }

  /// @param unquoted how much is known of a word with an expansion in it: quoted ones stay one word
  private void expansion(WordBuilder word, Form unquoted) {
    if (in.next() == '`') {
      word.blurred(unquoted);
      backquoted.accept(backquotes(unquoted == Form.PARTLY_KNOWN));
      return;
    }
    char kind = in.peek();
    if (kind == '(') {
      if (in.peek(1) == '(') {
        throw new UnparsableException("it computes with $((…)), which can run commands");
      }
      word.blurred(unquoted);
      in.next();
      substituted.run();
    } else if (kind == '{') {
      word.blurred(lookup().matches() ? Form.UNKNOWN : unquoted);
    } else if (kind == '[') {
      throw new UnparsableException("it computes with $[…], which can run commands");
    } else if (isName(kind)) {
      word.blurred(unquoted);
      while (isName(in.peek()) || isDigit(in.peek())) {
        in.next();
      }
    } else if (isDigit(kind) || "@*#?$!-".indexOf(kind) >= 0) {
      in.next();
      word.blurred(kind == '@' || kind == '*' ? Form.UNKNOWN : unquoted);
    } else if (unquoted == Form.UNKNOWN && kind == '\'') {
      AnsiQuote.read(in, word);
    } else if (unquoted == Form.UNKNOWN && kind == '"') {
      throw new UnparsableException("$\"…\" is translated by the shell");
    } else if (kind == '\\') {
      // A joined line may follow, and with it the name of a variable.
      throw new UnparsableException("a dollar sign stands before a backslash");
    } else {
      word.add('$');
    }
  }

  /// Matches if it looks up several values.
  private java.util.regex.Matcher lookup() {
    in.next();
    int start = in.position();
    while (!in.atEnd() && in.peek() != '}') {
      in.next();
    }
    var inner = in.from(start);
    if (in.atEnd() || !LOOKUP.matcher(inner).matches()) {
      throw new UnparsableException("'${" + inner + "}' does more than look up a variable");
    }
    in.next();
    return SEVERAL.matcher(inner);
  }

  private String backquotes(boolean quoted) {
    var inner = new StringBuilder();
    while (in.peek() != '`') {
      if (in.atEnd()) {
        throw new UnparsableException("a backquote is not closed");
      }
      char character = in.next();
      if (character == '\\' && "$`\\".indexOf(in.peek()) >= 0 && !in.atEnd()) {
        character = in.next();
      } else if (character == '\\' && quoted && in.peek() == '"') {
        throw new UnparsableException("quotes stand in backquotes in quotes");
      }
      inner.append(character);
    }
    in.next();
    return inner.toString();
  }

  private void tilde(WordBuilder word) {
    if (word.isEmpty() || word.last() == '=' || word.last() == ':') {
      word.blurred(Form.PARTLY_KNOWN);
    }
    word.add(in.next());
  }

  /// `{}` is itself; any other brace may stand for several words.
  private void brace(WordBuilder word) {
    in.next();
    if (in.peek() == '}') {
      in.next();
      word.add("{}");
    } else if (word.isEmpty() && in.atWordEnd()) {
      word.add('{');
    } else {
      word.blurred(Form.PARTLY_KNOWN);
      word.add('{');
    }
  }

  private static boolean isName(char character) {
    return character == '_'
        || (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z');
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }
}
