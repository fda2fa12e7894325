package mimo.cli.terminal.markdown;

import java.util.ArrayList;
import java.util.List;
import mimo.cli.terminal.TerminalText;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;

/// The text of a block in stretches that look alike. Serves one block.
final class Spans extends AbstractVisitor {

  /// A stretch of text without control characters; `\n` alone is a line break that was meant.
  record Span(String text, Face face) {}

  static final String BREAK = "\n";

  private final List<Span> spans = new ArrayList<>();
  private Face face;

  private Spans(Face face) {
    this.face = face;
  }

  static List<Span> of(Node block, Face face) {
    var spans = new Spans(face);
    spans.visitChildren(block);
    return spans.spans;
  }

  private void add(String text, Face how) {
    spans.add(new Span(TerminalText.oneLine(text), how));
  }

  private void inside(Node node, Face how) {
    var before = face;
    face = how;
    visitChildren(node);
    face = before;
  }

  @Override
  public void visit(Text text) {
    add(text.getLiteral(), face);
  }

  @Override
  public void visit(Code code) {
    add(code.getLiteral(), face.asCode());
  }

  @Override
  public void visit(HtmlInline html) {
    add(html.getLiteral(), face);
  }

  @Override
  public void visit(Emphasis emphasis) {
    inside(emphasis, face.asEmphasis());
  }

  @Override
  public void visit(StrongEmphasis strong) {
    inside(strong, face.asStrong());
  }

  @Override
  public void visit(SoftLineBreak lineBreak) {
    add(" ", face);
  }

  @Override
  public void visit(HardLineBreak lineBreak) {
    spans.add(new Span(BREAK, face));
  }

  /// Where it really leads is always shown (A74).
  @Override
  public void visit(Link link) {
    int before = spans.size();
    visitChildren(link);
    var said =
        String.join("", spans.subList(before, spans.size()).stream().map(Span::text).toList());
    if (!said.equals(link.getDestination())) {
      add(" (" + link.getDestination() + ")", Face.FAINT);
    }
  }

  /// Named, never fetched (A50).
  @Override
  public void visit(Image image) {
    add("[image: ", Face.FAINT);
    visitChildren(image);
    add("] (" + image.getDestination() + ")", Face.FAINT);
  }
}
