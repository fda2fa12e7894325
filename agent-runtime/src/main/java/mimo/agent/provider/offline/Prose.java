package mimo.agent.provider.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Reads running text, be it Markdown or the inside of a comment.
final class Prose {

  private static final int SENTENCE_CHARS = 240;
  private static final Pattern HEADING = Pattern.compile("(?:#{1,6}|=+)\\s+(.+?)[\\s#]*");
  private static final Pattern UNDERLINE = Pattern.compile("(?:={3,}|-{3,})\\s*");
  // Badges, images, quotes, tables, rules, lists, directives: they introduce nothing.
  private static final Pattern NOT_A_PARAGRAPH =
      Pattern.compile(
          "(?:!\\[|\\[!\\[|<|>|\\||---|===|\\*\\*\\*|[-*+] |\\d+\\. |:\\w+:|\\.\\. ).*");
  private static final Pattern SENTENCE_END = Pattern.compile("[.!?](?=\\s+[\\p{Lu}\"'`(]|\\s*$)");
  private static final Pattern ABBREVIATED =
      Pattern.compile("(?s).*\\b(?:e\\.g|i\\.e|etc|vs|cf)\\.");

  private Prose() {}

  /// The first heading, or nothing.
  static String heading(String text) {
    var lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      var heading = HEADING.matcher(lines.get(i).strip());
      if (heading.matches()) {
        return plain(heading.group(1));
      }
      boolean underlined = i + 1 < lines.size() && UNDERLINE.matcher(lines.get(i + 1)).matches();
      if (underlined && !lines.get(i).isBlank()) {
        return plain(lines.get(i).strip());
      }
    }
    return "";
  }

  /// The first sentence of the first paragraph, or nothing.
  static String sentence(String text) {
    for (var paragraph : paragraphs(text)) {
      var sentence = firstSentence(plain(paragraph));
      if (sentence.chars().anyMatch(Character::isLetter)) {
        return sentence;
      }
    }
    return "";
  }

  private static List<String> paragraphs(String text) {
    var paragraphs = new ArrayList<String>();
    var open = new StringBuilder();
    boolean code = false;
    for (var raw : text.lines().toList()) {
      var line = raw.strip();
      boolean fence = line.startsWith("```") || line.startsWith("~~~");
      code ^= fence;
      if (UNDERLINE.matcher(line).matches()) {
        // What stands above is a heading, not a paragraph.
        open.setLength(0);
      } else if (line.isEmpty() || fence || code || isNoParagraph(line)) {
        if (!open.isEmpty()) {
          paragraphs.add(open.toString());
          open.setLength(0);
        }
      } else {
        open.append(open.isEmpty() ? "" : " ").append(line);
      }
    }
    if (!open.isEmpty()) {
      paragraphs.add(open.toString());
    }
    return paragraphs;
  }

  private static boolean isNoParagraph(String line) {
    return HEADING.matcher(line).matches() || NOT_A_PARAGRAPH.matcher(line).matches();
  }

  /// Up to the first full stop that ends something, cut at a word if it is long.
  static String firstSentence(String text) {
    var end = SENTENCE_END.matcher(text);
    var sentence = text;
    while (end.find()) {
      var head = text.substring(0, end.end());
      if (!ABBREVIATED.matcher(head).matches()) {
        sentence = head;
        break;
      }
    }
    if (sentence.length() <= SENTENCE_CHARS) {
      return sentence;
    }
    int space = sentence.lastIndexOf(' ', SENTENCE_CHARS - 1);
    return sentence.substring(0, space < SENTENCE_CHARS / 2 ? SENTENCE_CHARS - 1 : space) + "…";
  }

  /// The words without the marks round them.
  static String plain(String text) {
    return text.replaceAll("!\\[[^]]*]\\([^)]*\\)", "")
        .replaceAll("\\[([^]]+)](?:\\([^)]*\\)|\\[[^]]*])", "$1")
        .replaceAll("\\[#?([\\w.#()]+)]", "$1")
        .replaceAll("\\{@\\w+\\s+([^}]*)}", "$1")
        .replaceAll("</?\\w+[^>]*>", "")
        .replaceAll("\\*\\*|__|`|(?<!\\w)[*_](?=\\w)|(?<=\\w)[*_](?!\\w)", "")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
