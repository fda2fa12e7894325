package mimo.agent.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import mimo.agent.AgentLimits;
import mimo.agent.shell.Redirection.Use;
import mimo.agent.shell.WordReader.Read;

/// Reads the grammar of bash: lists, pipes, groups, loops and branches, down to simple commands.
///
/// It keeps no tree: every command that stands anywhere may run, and that is all that rules ask.
/// What is rare, or means different things at different times (functions, `case`, `[[`,
/// arithmetic), is not read at all. Confined to one thread.
final class ShellParser {

  private static final Set<String> OPENING =
      Set.of("if", "while", "until", "for", "{", "!", "time");
  private static final Set<String> CLOSING =
      Set.of("then", "elif", "else", "fi", "do", "done", "}");
  private static final Set<String> UNREAD =
      Set.of("case", "esac", "function", "select", "[[", "]]", "coproc", "in");
  private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)\\+?=(?s:.*)");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");

  private final Scanner in;
  private final int depth;
  private final WordReader words;
  private final HereDocuments documents;
  private final List<SimpleCommand> found = new ArrayList<>();
  private int nesting;

  private ShellParser(String text, int depth) {
    if (depth > AgentLimits.SHELL_DEPTH) {
      throw tooDeep();
    }
    this.in = new Scanner(text);
    this.depth = depth;
    this.words =
        new WordReader(in, this::substitution, inner -> found.addAll(parse(inner, depth + 1)));
    this.documents = new HereDocuments(in, this::document);
  }

  /// The simple commands of `text`, in the order in which they are written.
  ///
  /// @throws UnparsableException if it is not understood whole
  static List<SimpleCommand> parse(String text, int depth) {
    var parser = new ShellParser(text, depth);
    parser.list(Set.of(), Emptiness.ALLOWED);
    if (!parser.in.atEnd()) {
      throw parser.unexpected();
    }
    parser.refuseAwaited();
    return List.copyOf(parser.found);
  }

  private enum Emptiness {
    ALLOWED,
    REFUSED
  }

  /// Commands up to one of `ends`, which is left standing, or to what closes whatever is around.
  private void list(Set<String> ends, Emptiness emptiness) {
    enter();
    int count = 0;
    while (true) {
      skipLines();
      if (in.atEnd() || in.peek() == ')' || ends.contains(bareAhead())) {
        break;
      }
      pipeline();
      count++;
      in.skipBlanks();
      if (in.skip("&&") || in.skip("||")) {
        skipLines();
        if (in.atEnd() || ends.contains(bareAhead())) {
          throw new UnparsableException("a command is missing behind && or ||");
        }
      } else if (in.sees(";;")) {
        throw unexpected();
      } else if (!in.skip(";") && !in.skip("&") && in.peek() != '\n') {
        break;
      }
    }
    if (count == 0 && emptiness == Emptiness.REFUSED) {
      throw new UnparsableException("a command is missing");
    }
    nesting--;
  }

  private void enter() {
    if (++nesting + depth > AgentLimits.SHELL_DEPTH) {
      throw tooDeep();
    }
  }

  private static UnparsableException tooDeep() {
    return new UnparsableException("it nests deeper than " + AgentLimits.SHELL_DEPTH + " levels");
  }

  private void skipLines() {
    in.skipBlanks();
    while (in.peek() == '\n') {
      in.next();
      documents.read();
      in.skipBlanks();
    }
  }

  private void pipeline() {
    command();
    in.skipBlanks();
    while (in.peek() == '|' && in.peek(1) != '|') {
      in.next();
      in.skip("&");
      skipLines();
      command();
      in.skipBlanks();
    }
  }

  private void command() {
    enter();
    in.skipBlanks();
    var bare = bareAhead();
    if (in.sees("((")) {
      throw new UnparsableException("it computes with ((…)), which can run commands");
    } else if (in.skip("(")) {
      list(Set.of(), Emptiness.REFUSED);
      close(")");
      redirections();
    } else if (OPENING.contains(bare)) {
      expect(bare);
      compound(bare);
    } else if (CLOSING.contains(bare) || UNREAD.contains(bare)) {
      throw new UnparsableException("'" + bare + "' is not read here");
    } else {
      simple();
    }
    nesting--;
  }

  private void compound(String keyword) {
    switch (keyword) {
      case "!" -> command();
      case "time" -> {
        in.skipBlanks();
        if (bareAhead().equals("-p")) {
          expect("-p");
        }
        command();
      }
      case "{" -> {
        list(Set.of("}"), Emptiness.REFUSED);
        expect("}");
        redirections();
      }
      case "if" -> branches();
      case "for" -> loopOver();
      case String _ -> {
        list(Set.of("do"), Emptiness.REFUSED);
        body();
      }
    }
  }

  private void branches() {
    list(Set.of("then"), Emptiness.REFUSED);
    expect("then");
    list(Set.of("elif", "else", "fi"), Emptiness.REFUSED);
    while (bareAhead().equals("elif")) {
      expect("elif");
      list(Set.of("then"), Emptiness.REFUSED);
      expect("then");
      list(Set.of("elif", "else", "fi"), Emptiness.REFUSED);
    }
    if (bareAhead().equals("else")) {
      expect("else");
      list(Set.of("fi"), Emptiness.REFUSED);
    }
    expect("fi");
    redirections();
  }

  private void loopOver() {
    in.skipBlanks();
    var name = words.read();
    if (name == null || !NAME.matcher(name.bare()).matches()) {
      throw new UnparsableException("a loop has no plain variable");
    }
    var variable = new Assignment(name.bare(), Word.unknown("…"));
    found.add(new SimpleCommand(List.of(variable), List.of(), List.of(), null));
    skipLines();
    if (bareAhead().equals("in")) {
      expect("in");
      in.skipBlanks();
      while (words.read() != null) {
        in.skipBlanks();
      }
    }
    in.skipBlanks();
    if (!in.skip(";") && in.peek() != '\n') {
      throw unexpected();
    }
    skipLines();
    body();
  }

  private void body() {
    expect("do");
    list(Set.of("done"), Emptiness.REFUSED);
    expect("done");
    redirections();
  }

  private void simple() {
    var assignments = new ArrayList<Assignment>();
    var vector = new ArrayList<Word>();
    var opened = new ArrayList<Redirection>();
    while (true) {
      in.skipBlanks();
      if (redirection(opened)) {
        continue;
      }
      var word = words.read();
      if (word == null) {
        break;
      }
      var assigned = ASSIGNMENT.matcher(word.bare());
      if (vector.isEmpty() && assigned.matches()) {
        assignments.add(new Assignment(assigned.group(1), word.word()));
      } else if (!isDescriptor(word)) {
        vector.add(word.word());
      }
    }
    if (in.peek() == '(') {
      throw new UnparsableException("it defines a function or an array");
    }
    if (vector.isEmpty() && assignments.isEmpty() && opened.isEmpty()) {
      throw unexpected();
    }
    found.add(new SimpleCommand(assignments, vector, opened, null));
  }

  /// A number right before a redirection belongs to it.
  private boolean isDescriptor(Read word) {
    boolean opens = in.peek() == '<' || in.peek() == '>';
    if (opens && word.bare().startsWith("{")) {
      throw new UnparsableException("a redirection sets a variable");
    }
    return opens && DIGITS.matcher(word.bare()).matches();
  }

  private void redirections() {
    var opened = new ArrayList<Redirection>();
    in.skipBlanks();
    while (true) {
      while (DIGITS.matcher(String.valueOf(in.peek())).matches()) {
        in.next();
      }
      if (!redirection(opened)) {
        break;
      }
      in.skipBlanks();
    }
    if (!opened.isEmpty()) {
      found.add(SimpleCommand.opening(opened));
    }
  }

  /// Whether a redirection stood here, which is passed over.
  private boolean redirection(List<Redirection> opened) {
    if (in.sees("<(") || in.sees(">(")) {
      return false;
    }
    if (in.skip("<<<")) {
      target();
    } else if (in.skip("<<-")) {
      documents.announce(target(), true);
    } else if (in.skip("<<")) {
      documents.announce(target(), false);
    } else if (in.skip("<&") || in.skip(">&")) {
      duplicated(opened);
    } else if (in.skip("&>>") || in.skip("&>") || in.skip(">>") || in.skip(">|")) {
      opened.add(new Redirection(Use.WRITE, target().word()));
    } else if (in.skip("<>") || in.skip(">")) {
      opened.add(new Redirection(Use.WRITE, target().word()));
    } else if (in.skip("<")) {
      opened.add(new Redirection(Use.READ, target().word()));
    } else {
      return false;
    }
    return true;
  }

  /// `>&2` opens nothing; `>&name` does.
  private void duplicated(List<Redirection> opened) {
    var target = target();
    if (!target.bare().matches("[0-9]*-?")) {
      opened.add(new Redirection(Use.WRITE, target.word()));
    }
  }

  private Read target() {
    in.skipBlanks();
    var target = words.read();
    if (target == null) {
      throw new UnparsableException("a redirection has no target");
    }
    return target;
  }

  /// Commands up to the parenthesis that closes a substitution.
  private void substitution() {
    refuseAwaited();
    list(Set.of(), Emptiness.ALLOWED);
    refuseAwaited();
    close(")");
  }

  /// The commands in a here-document.
  private void document(String body) {
    var scanner = new Scanner(body);
    var reader =
        new WordReader(
            scanner,
            () -> {
              throw new UnparsableException("a here-document holds a substitution");
            },
            inner -> found.addAll(parse(inner, depth + 1)));
    while (!scanner.atEnd()) {
      reader.quotedPiece(new WordBuilder(), "");
    }
  }

  private void refuseAwaited() {
    if (documents.isAwaited()) {
      throw new UnparsableException("a here-document has no end");
    }
  }

  private void close(String mark) {
    in.skipBlanks();
    if (!in.skip(mark)) {
      throw new UnparsableException("'" + mark + "' is missing");
    }
  }

  private void expect(String keyword) {
    in.skipBlanks();
    var word = words.read();
    if (word == null || !word.bare().equals(keyword)) {
      throw new UnparsableException("'" + keyword + "' is missing");
    }
  }

  /// The word here as it is written, if it is made of the characters of keywords.
  private String bareAhead() {
    int length = 0;
    while ("abcdefghijklmnopqrstuvwxyz[]{}!-".indexOf(in.peek(length)) >= 0) {
      length++;
    }
    var word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append(in.peek(i));
    }
    if (in.peek(length) == '\\' && in.peek(length + 1) == '\n') {
      throw new UnparsableException("a line is joined within a word");
    }
    boolean ends = " \t\n|&;()<>\0".indexOf(in.peek(length)) >= 0;
    return ends ? word.toString() : "";
  }

  private UnparsableException unexpected() {
    return new UnparsableException(
        in.atEnd() ? "it ends too early" : "'" + in.peek() + "' is not expected there");
  }
}
