package mimo.agent.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Documents that a command line announces with `<<` and that begin in the next line. Confined to
/// one thread.
final class HereDocuments {

  private record Awaited(String end, boolean expanded, boolean tabsIgnored) {}

  private final Scanner in;
  private final Consumer<String> expanded;
  private final List<Awaited> awaited = new ArrayList<>();

  /// @param expanded reads a document in which the shell expands
  HereDocuments(Scanner in, Consumer<String> expanded) {
    this.in = in;
    this.expanded = expanded;
  }

  void announce(WordReader.Read end, boolean tabsIgnored) {
    if (!end.word().isLiteral() || end.bare().contains("$") || end.bare().contains("`")) {
      throw new UnparsableException("the end of a here-document is not a plain word");
    }
    boolean quoted = !end.bare().equals(end.word().text());
    if (end.word().text().contains("\n")) {
      throw new UnparsableException("the end of a here-document has several lines");
    }
    awaited.add(new Awaited(end.word().text(), !quoted, tabsIgnored));
  }

  boolean isAwaited() {
    return !awaited.isEmpty();
  }

  /// A line has ended, so they begin here.
  void read() {
    for (var document : awaited) {
      var body = body(document);
      if (document.expanded()) {
        expanded.accept(body);
      }
    }
    awaited.clear();
  }

  private String body(Awaited document) {
    var body = new StringBuilder();
    while (!in.atEnd()) {
      var line = in.line();
      var bare = document.tabsIgnored() ? line.replaceFirst("^\t+", "") : line;
      if (bare.equals(document.end())) {
        return body.toString();
      }
      if (document.expanded() && line.endsWith("\\")) {
        throw new UnparsableException("a line of a here-document ends with a backslash");
      }
      body.append(line).append('\n');
    }
    throw new UnparsableException("a here-document has no end");
  }
}
