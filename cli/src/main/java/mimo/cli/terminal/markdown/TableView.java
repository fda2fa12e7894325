package mimo.cli.terminal.markdown;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mimo.cli.terminal.Style;
import mimo.cli.terminal.TextWidth;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.Node;

/// Shows a table in columns, or where the window is too narrow for them as one line a cell. Serves
/// one table.
final class TableView {

  private static final String BETWEEN = "  ";

  private final Style style;
  private final int width;

  /// @param head whether it names the columns
  private record Row(boolean head, List<List<Spans.Span>> cells) {

    List<Spans.Span> cell(int column) {
      return column < cells.size() ? cells.get(column) : List.of();
    }
  }

  TableView(Style style, int width) {
    this.style = style;
    this.width = width;
  }

  List<String> lines(TableBlock table) {
    var rows = new ArrayList<Row>();
    collect(table, false, rows);
    int columns = rows.stream().mapToInt(row -> row.cells().size()).max().orElse(0);
    var widths = new int[columns];
    for (var row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], width(row.cell(i)));
      }
    }
    int whole = IntStream.of(widths).sum() + BETWEEN.length() * Math.max(0, columns - 1);
    return whole <= width ? grid(rows, widths) : list(rows);
  }

  private static void collect(Node parent, boolean head, List<Row> rows) {
    for (var child = parent.getFirstChild(); child != null; child = child.getNext()) {
      if (child instanceof TableRow row) {
        rows.add(new Row(head, cells(row, head ? Face.STRONG : Face.PLAIN)));
      } else {
        collect(child, child instanceof TableHead, rows);
      }
    }
  }

  private static List<List<Spans.Span>> cells(TableRow row, Face face) {
    var cells = new ArrayList<List<Spans.Span>>();
    for (var child = row.getFirstChild(); child != null; child = child.getNext()) {
      if (child instanceof TableCell cell) {
        cells.add(Spans.of(cell, face));
      }
    }
    return cells;
  }

  private static int width(List<Spans.Span> cell) {
    return cell.stream().mapToInt(span -> TextWidth.of(span.text())).sum();
  }

  private String shown(List<Spans.Span> cell) {
    return cell.stream()
        .map(span -> span.face().on(style, span.text()))
        .collect(Collectors.joining());
  }

  private List<String> grid(List<Row> rows, int[] widths) {
    var lines = new ArrayList<String>();
    for (var row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        boolean last = i == widths.length - 1;
        line.append(shown(row.cell(i)))
            .append(last ? "" : " ".repeat(widths[i] - width(row.cell(i))) + BETWEEN);
      }
      lines.add(line.toString().stripTrailing());
      if (row.head()) {
        lines.add(
            style.faint(
                IntStream.of(widths).mapToObj("─"::repeat).collect(Collectors.joining(BETWEEN))));
      }
    }
    return lines;
  }

  private List<String> list(List<Row> rows) {
    var head = rows.stream().filter(Row::head).findFirst();
    var lines = new ArrayList<String>();
    for (var row : rows) {
      if (row.head()) {
        continue;
      }
      if (!lines.isEmpty()) {
        lines.add("");
      }
      for (int i = 0; i < row.cells().size(); i++) {
        var name = new ArrayList<>(head.isPresent() ? head.get().cell(i) : List.<Spans.Span>of());
        if (!name.isEmpty()) {
          name.add(new Spans.Span(": ", Face.STRONG));
        }
        name.addAll(row.cell(i));
        lines.addAll(new Wrapped(style, width).lines(name));
      }
    }
    return lines;
  }
}
