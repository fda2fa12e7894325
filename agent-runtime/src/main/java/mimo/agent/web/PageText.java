package mimo.agent.web;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;

/// Makes of a page's HTML a text that a model can read. Confined to one thread.
///
/// What a person would not see is left out: scripts, styles, what is marked as hidden, and the
/// fields of forms. Nothing the page refers to is fetched.
final class PageText implements NodeFilter {

  /// Levels of a page that are read; what is nested deeper is flattened by the parser.
  private static final int DEPTH = 512;

  private static final Set<String> UNSEEN =
      Set.of(
          "head",
          "script",
          "style",
          "noscript",
          "template",
          "iframe",
          "object",
          "embed",
          "svg",
          "canvas",
          "video",
          "audio",
          "input",
          "select",
          "button",
          "textarea",
          "math");

  /// How much of the page's form the text keeps.
  enum Style {
    MARKDOWN,
    PLAIN
  }

  private final Style style;
  private final TextBlocks out = new TextBlocks();
  private final Deque<PageTable> tables = new ArrayDeque<>();
  private final Deque<Integer> numbers = new ArrayDeque<>();
  private int preformatted;

  private PageText(Style style) {
    this.style = style;
  }

  /// What a page calls itself, and says.
  record Read(String title, String text) {}

  /// @param base where the page was, for links that are relative to it
  static Read read(String html, String base, Style style) {
    var document = Jsoup.parse(html, base, Parser.htmlParser().setMaxDepth(DEPTH));
    var text = new PageText(style);
    NodeTraversor.filter(text, document);
    return new Read(document.title().strip(), text.out.toString());
  }

  @Override
  public FilterResult head(Node node, int depth) {
    switch (node) {
      case TextNode text -> words(text);
      case Element element -> {
        if (isUnseen(element)) {
          return FilterResult.SKIP_ENTIRELY;
        }
        open(element);
      }
      default -> {}
    }
    return FilterResult.CONTINUE;
  }

  @Override
  public FilterResult tail(Node node, int depth) {
    if (node instanceof Element element) {
      close(element);
    }
    return FilterResult.CONTINUE;
  }

  private static boolean isUnseen(Element element) {
    return UNSEEN.contains(element.normalName())
        || element.hasAttr("hidden")
        || element.attr("aria-hidden").equals("true")
        || element.attr("style").replace(" ", "").toLowerCase(Locale.ROOT).contains("display:none");
  }

  private void words(TextNode text) {
    if (preformatted > 0) {
      out.verbatim(text.getWholeText());
    } else {
      out.words(text.getWholeText());
    }
  }

  private void open(Element element) {
    var name = element.normalName();
    switch (name) {
      case "h1", "h2", "h3", "h4", "h5", "h6" -> {
        out.paragraph();
        out.opening(marked("#".repeat(name.charAt(1) - '0') + " "));
      }
      case "strong", "b" -> out.opening(marked("**"));
      case "em", "i" -> out.opening(marked("*"));
      case "code" -> out.opening(preformatted > 0 ? "" : marked("`"));
      case "a" -> out.opening(target(element).isEmpty() ? "" : "[");
      case "br" -> out.line();
      case "hr" -> {
        out.paragraph();
        out.verbatim(marked("---"));
        out.paragraph();
      }
      case "img" -> image(element);
      case "pre" -> openPreformatted();
      case "blockquote" -> {
        out.paragraph();
        out.indent(style == Style.MARKDOWN ? "> " : "  ");
      }
      case "ul", "ol" -> {
        list();
        numbers.push(name.equals("ol") ? 1 : 0);
      }
      case "li" -> item();
      case "table" -> {
        out.paragraph();
        tables.push(new PageTable());
      }
      case "tr" -> out.line();
      case "td", "th" -> cell();
      default -> block(element);
    }
  }

  private void close(Element element) {
    switch (element.normalName()) {
      case "strong", "b" -> out.closing(marked("**"), marked("**"));
      case "em", "i" -> out.closing(marked("*"), marked("*"));
      case "code" -> {
        var mark = preformatted > 0 ? "" : marked("`");
        out.closing(mark, mark);
      }
      case "a" -> {
        var target = target(element);
        out.closing(target.isEmpty() ? "" : "[", target.isEmpty() ? "" : "](" + target + ")");
      }
      case "h1", "h2", "h3", "h4", "h5", "h6" -> {
        out.forget();
        out.paragraph();
      }
      case "pre" -> closePreformatted();
      case "blockquote" -> {
        out.outdent();
        out.paragraph();
      }
      case "ul", "ol" -> {
        numbers.pop();
        list();
      }
      case "li" -> {
        out.outdent();
        out.line();
      }
      case "table" -> {
        tables.pop();
        out.paragraph();
      }
      case "tr" -> row();
      case "td", "th", "br", "hr", "img" -> {}
      default -> block(element);
    }
  }

  private String marked(String mark) {
    return style == Style.MARKDOWN ? mark : "";
  }

  private void block(Element element) {
    if (!element.isBlock()) {
      return;
    }
    if (tables.isEmpty() && element.normalName().equals("p")) {
      out.paragraph();
    } else {
      out.line();
    }
  }

  /// Where a link leads, if a model could follow it; empty if not, or in plain text.
  private String target(Element link) {
    var target = style == Style.MARKDOWN ? link.absUrl("href") : "";
    return target.startsWith("http://") || target.startsWith("https://") ? target : "";
  }

  private void image(Element image) {
    var words = image.attr("alt").strip();
    if (!words.isEmpty()) {
      out.words("[image: " + words + "]");
    }
  }

  private void openPreformatted() {
    preformatted++;
    out.paragraph();
    if (preformatted == 1 && style == Style.MARKDOWN) {
      out.verbatim("```\n");
    }
  }

  private void closePreformatted() {
    preformatted--;
    if (preformatted == 0 && style == Style.MARKDOWN) {
      out.line();
      out.verbatim("```");
    }
    out.paragraph();
  }

  /// A list inside a list goes on in it.
  private void list() {
    if (numbers.isEmpty()) {
      out.paragraph();
    } else {
      out.line();
    }
  }

  private void item() {
    int number = numbers.isEmpty() ? 0 : numbers.pop();
    out.line();
    out.item(number == 0 ? "- " : number + ". ");
    numbers.push(number == 0 ? 0 : number + 1);
  }

  /// Tables inside tables are there for the looks of a page.
  private void cell() {
    if (tables.size() == 1) {
      var first = tables.getFirst().isNewCellFirst();
      out.verbatim(first && style == Style.PLAIN ? "" : first ? "| " : " | ");
    }
  }

  private void row() {
    if (tables.size() == 1) {
      int head = tables.getFirst().endRow();
      if (style == Style.MARKDOWN) {
        out.verbatim(" |");
        if (head > 0) {
          out.line();
          out.verbatim("|" + "---|".repeat(head));
        }
      }
    }
    out.line();
  }
}
