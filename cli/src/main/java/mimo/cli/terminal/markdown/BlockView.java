package mimo.cli.terminal.markdown;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import mimo.cli.terminal.Style;
import mimo.cli.terminal.TerminalText;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;

/// Shows one block of Markdown as lines that fit the window. Confined to one thread.
final class BlockView {

  /// Deeper blocks stand where the deepest of these do, or nothing would be left of the line.
  private static final int DEPTH = 8;

  private static final int NARROWEST = 20;
  private static final String CODE_MARGIN = "  ";

  private final Parser parser =
      Parser.builder().extensions(List.of(TablesExtension.create())).build();
  private final Style style;
  private final IntSupplier columns;

  BlockView(Style style, IntSupplier columns) {
    this.style = style;
    this.columns = columns;
  }

  /// The lines of a block.
  List<String> lines(String markdown) {
    return blocks(parser.parse(markdown), Math.max(NARROWEST, columns.getAsInt() - 1), 0);
  }

  /// What stands above fenced code.
  List<String> codeTitle(String language) {
    return language.isEmpty()
        ? List.of()
        : List.of(style.faint(CODE_MARGIN + TerminalText.oneLine(language)));
  }

  /// A line of fenced code: as it is, so that it can be copied.
  String code(String line) {
    return CODE_MARGIN + style.cyan(TerminalText.visible(line));
  }

  private List<String> blocks(Node parent, int width, int depth) {
    var lines = new ArrayList<String>();
    for (var child = parent.getFirstChild(); child != null; child = child.getNext()) {
      var next = block(child, width, depth);
      if (!lines.isEmpty() && !next.isEmpty() && !isTight(child)) {
        lines.add("");
      }
      lines.addAll(next);
    }
    return lines;
  }

  /// Items of a list, and what stands in them, follow each other without a gap.
  private static boolean isTight(Node block) {
    return block.getParent() instanceof org.commonmark.node.ListItem
        && (block instanceof BulletList || block instanceof OrderedList);
  }

  private List<String> block(Node block, int width, int depth) {
    return switch (block) {
      case Heading heading -> new Wrapped(style, width).lines(Spans.of(heading, Face.STRONG));
      case Paragraph paragraph -> new Wrapped(style, width).lines(Spans.of(paragraph, Face.PLAIN));
      case BulletList list -> items(list, width, depth, 0);
      case OrderedList list -> items(list, width, depth, first(list));
      case BlockQuote quote -> margin(blocks(quote, width - 2, depth + 1), style.faint("│ "));
      case FencedCodeBlock code -> code(code.getInfo(), code.getLiteral());
      case IndentedCodeBlock code -> code("", code.getLiteral());
      case HtmlBlock html -> TerminalText.visible(html.getLiteral()).lines().toList();
      case ThematicBreak _ -> List.of(style.faint("─".repeat(Math.min(width, NARROWEST))));
      case TableBlock table -> new TableView(style, width).lines(table);
      case Node other -> blocks(other, width, depth);
    };
  }

  private static int first(OrderedList list) {
    var number = list.getMarkerStartNumber();
    return number == null ? 1 : Math.max(1, number);
  }

  /// @param first the number of the first item; 0 if they have none
  private List<String> items(Node list, int width, int depth, int first) {
    var lines = new ArrayList<String>();
    int number = first;
    for (var item = list.getFirstChild(); item != null; item = item.getNext()) {
      var mark = first == 0 ? "• " : number++ + ". ";
      var hanging = depth < DEPTH ? " ".repeat(mark.length()) : "";
      var inside = blocks(item, Math.max(NARROWEST, width - hanging.length()), depth + 1);
      for (int i = 0; i < inside.size(); i++) {
        var line = inside.get(i);
        lines.add(i == 0 ? style.faint(mark) + line : line.isEmpty() ? line : hanging + line);
      }
      if (inside.isEmpty()) {
        lines.add(style.faint(mark.strip()));
      }
    }
    return lines;
  }

  private List<String> code(String language, String text) {
    var lines = new ArrayList<>(codeTitle(language));
    text.lines().map(this::code).forEach(lines::add);
    return lines;
  }

  private static List<String> margin(List<String> lines, String mark) {
    return lines.stream().map(line -> mark + line).toList();
  }
}
