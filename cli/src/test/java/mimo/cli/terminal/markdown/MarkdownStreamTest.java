package mimo.cli.terminal.markdown;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import mimo.cli.terminal.Style;
import org.junit.jupiter.api.Test;

final class MarkdownStreamTest {

  private static final String DOCUMENT =
      """
      # The *plan* for `today`

      First a paragraph that is long enough to be broken into several lines of forty columns.
      It goes on here.

      - one **bold** item
      - two
        with more, after which comes

        another paragraph of it
        - nested
      3. third
      4. fourth

      ```java
      int a = 1;

      // # no heading
      ```
      > quoted [here](https://example.org/x) and ![a cat](cat.png)

      | name | count |
      |------|------:|
      | a    | 1     |
      | long | 22    |

      <b>html</b> and https://example.org
      """;

  private static final List<String> SHOWN =
      List.of(
          "The plan for today",
          "",
          "First a paragraph that is long enough",
          "to be broken into several lines of",
          "forty columns. It goes on here.",
          "",
          "• one bold item",
          "• two with more, after which comes",
          "",
          "  another paragraph of it",
          "  • nested",
          "3. third",
          "4. fourth",
          "",
          "  java",
          "  int a = 1;",
          "  ",
          "  // # no heading",
          "│ quoted here (https://example.org/x)",
          "│ and [image: a cat] (cat.png)",
          "",
          "name  count",
          "────  ─────",
          "a     1",
          "long  22",
          "",
          "<b>html</b> and https://example.org");

  private static List<String> shown(List<String> pieces, Style style, int columns) {
    var lines = new ArrayList<String>();
    var stream = new MarkdownStream(style, () -> columns, lines::add);
    pieces.forEach(stream::accept);
    stream.end();
    return lines;
  }

  @Test
  void showsEveryKindOfBlock() {
    assertEquals(SHOWN, shown(List.of(DOCUMENT), Style.PLAIN, 40));
  }

  @Test
  void showsTheSameHoweverTheTextArrives() {
    for (long seed = 0; seed < 100; seed++) {
      var random = new Random(seed);
      var pieces = new ArrayList<String>();
      for (int at = 0; at < DOCUMENT.length(); ) {
        int end = Math.min(DOCUMENT.length(), at + 1 + random.nextInt(12));
        pieces.add(DOCUMENT.substring(at, end));
        at = end;
      }

      assertEquals(SHOWN, shown(pieces, Style.PLAIN, 40), "seed " + seed);
    }
  }

  @Test
  void showsCodeLineByLineWhileItArrives() {
    var lines = new ArrayList<String>();
    var stream = new MarkdownStream(Style.PLAIN, () -> 40, lines::add);

    stream.accept("~~~\nfirst\nsec");

    assertEquals(List.of("  first"), lines);
  }

  @Test
  void showsAParagraphOnceItsEndIsKnown() {
    var lines = new ArrayList<String>();
    var stream = new MarkdownStream(Style.PLAIN, () -> 40, lines::add);

    stream.accept("One sentence.\nAnother");
    var before = List.copyOf(lines);
    stream.accept(" one.\n\n");

    assertEquals(List.of(), before);
    assertEquals(List.of("One sentence. Another one."), lines);
  }

  @Test
  void showsAListItemOnceTheNextBegins() {
    var lines = new ArrayList<String>();
    var stream = new MarkdownStream(Style.PLAIN, () -> 40, lines::add);

    stream.accept("1. one\n2. two\n3. three\n4.");

    assertEquals(List.of("1. one", "2. two"), lines);
  }

  @Test
  void letsNothingSteerTheTerminal() {
    var hostile = "a\u001b[2Jb `c\u001b]0;x\u0007` \u202edrow\n\n```\n\u001b[31m\u009b\n```\n";

    var lines = shown(List.of(hostile), Style.PLAIN, 60);

    assertEquals(List.of("a␛[2Jb c␛]0;x␇ <U+202E>drow", "", "  ␛[31m<U+009B>"), lines);
  }

  @Test
  void breaksWideCharactersByTheirColumns() {
    var lines = shown(List.of("一二三四五六七八九十一二三四五六七八九十"), Style.PLAIN, 21);

    assertEquals(List.of("一二三四五六七八九十", "一二三四五六七八九十"), lines);
  }

  @Test
  void setsWordsApartWhereTheTerminalCan() {
    var lines = shown(List.of("a **b** *c* `d`"), Style.COLOUR, 40);

    assertEquals(List.of("a \u001b[1mb\u001b[0m \u001b[3mc\u001b[0m \u001b[36md\u001b[0m"), lines);
  }

  @Test
  void listsTheCellsOfATableThatIsTooWide() {
    var table = "| name | what it is for |\n|--|--|\n| first | something that is long |\n";

    var lines = shown(List.of(table), Style.PLAIN, 25);

    assertEquals(List.of("name: first", "what it is for:", "something that is long"), lines);
  }

  @Test
  void endsAnEndlessBlock() {
    var lines = shown(List.of("word ".repeat(20_000)), Style.PLAIN, 80);

    assertEquals(20_000, String.join(" ", lines).split("word", -1).length - 1);
  }
}
