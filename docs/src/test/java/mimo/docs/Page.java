package mimo.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomNode;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/// One Markdown file, reduced to what can be checked.
///
/// @param anchors the fragments under which its headings can be linked to
/// @param links the targets of all links and images
/// @param names by innermost heading: the code words that open its tables' rows, which is how a
///   reference page says that it describes a thing
/// @param fences the fenced code blocks
record Page(
    Path file,
    Set<String> anchors,
    List<String> links,
    Map<String, Set<String>> names,
    List<Fence> fences) {

  private static final Parser PARSER =
      Parser.builder().extensions(List.of(TablesExtension.create())).build();

  /// @param language the words after the opening fence
  record Fence(String language, String text) {}

  static Page read(Path file) {
    return parse(file, Repository.read(file));
  }

  static Page parse(Path file, String text) {
    var reader = new Reader();
    PARSER.parse(text).accept(reader);
    return new Page(file, reader.anchors, reader.links, reader.names, reader.fences);
  }

  /// The things described directly under one heading.
  Set<String> namesIn(String section) {
    var found = names.get(section);
    if (found == null) {
      throw new IllegalArgumentException(
          file + " has no heading '" + section + "', only " + names.keySet());
    }
    return found;
  }

  /// The anchor a web view gives a heading.
  static String anchorOf(String heading) {
    var kept = heading.strip().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "");
    return kept.replace(' ', '-');
  }

  private static final class Reader extends AbstractVisitor {
    final Set<String> anchors = new LinkedHashSet<>();
    final List<String> links = new ArrayList<>();
    final Map<String, Set<String>> names = new HashMap<>();
    final List<Fence> fences = new ArrayList<>();
    private String section = "";

    @Override
    public void visit(Heading heading) {
      var words = plain(heading);
      var anchor = anchorOf(words);
      for (var copy = 1; !anchors.add(anchor); copy++) {
        anchor = anchorOf(words) + "-" + copy;
      }
      section = words;
      names.putIfAbsent(words, new LinkedHashSet<>());
      visitChildren(heading);
    }

    @Override
    public void visit(Link link) {
      links.add(link.getDestination());
      visitChildren(link);
    }

    @Override
    public void visit(Image image) {
      links.add(image.getDestination());
      visitChildren(image);
    }

    @Override
    public void visit(FencedCodeBlock block) {
      fences.add(new Fence(block.getInfo(), block.getLiteral()));
    }

    @Override
    public void visit(CustomNode node) {
      if (node instanceof TableRow row
          && row.getParent() instanceof TableBody
          && row.getFirstChild() instanceof TableCell first) {
        note(first);
      }
      visitChildren(node);
    }

    /// Each code word directly in `cell` names a thing.
    private void note(Node cell) {
      for (var child = cell.getFirstChild(); child != null; child = child.getNext()) {
        if (child instanceof Code code) {
          names.computeIfAbsent(section, key -> new LinkedHashSet<>()).add(code.getLiteral());
        }
      }
    }

    private static String plain(Node node) {
      var text = new StringBuilder();
      for (var child = node.getFirstChild(); child != null; child = child.getNext()) {
        switch (child) {
          case Text words -> text.append(words.getLiteral());
          case Code words -> text.append(words.getLiteral());
          default -> text.append(plain(child));
        }
      }
      return text.toString();
    }
  }
}
