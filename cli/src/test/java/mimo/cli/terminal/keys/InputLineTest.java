package mimo.cli.terminal.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import mimo.cli.terminal.keys.Key.Named;
import org.junit.jupiter.api.Test;

final class InputLineTest {

  private final InputLine line = new InputLine();

  private String after(Key... keys) {
    for (var key : keys) {
      line.press(key);
    }
    return line.text().substring(0, line.cursor()) + "|" + line.text().substring(line.cursor());
  }

  @Test
  void insertsWhereTheCursorStands() {
    line.replace("one three");

    assertEquals("one two |three", after(Named.WORD_LEFT, new Key.Text("two ")));
  }

  @Test
  void deletesWhatLooksLikeOneCharacterAtOnce() {
    line.replace("a👩‍💻e\u0301");

    assertEquals("a👩‍💻|", after(Named.BACKSPACE));
    assertEquals("a|", after(Named.BACKSPACE));
  }

  @Test
  void movesAndDeletesByWordsAndLines() {
    line.replace("first line\nsecond line here");

    assertEquals("first line\nsecond line |", after(Named.DELETE_WORD));
    assertEquals("first line\n|second line ", after(Named.HOME));
    assertEquals("first line\nsecond| line ", after(Named.WORD_RIGHT));
    assertEquals("first line\n| line ", after(Named.DELETE_TO_START));
    assertEquals("first line\n|", after(Named.DELETE_TO_END));
  }

  @Test
  void movesBetweenLinesOfTheTextBeforeIntoHistory() {
    line.replace("older");
    line.submit();
    line.replace("ab\nabcdef");

    assertEquals("ab|\nabcdef", after(Named.UP));
    assertEquals("older|", after(Named.UP));
    assertEquals("ab\nabcdef|", after(Named.DOWN));
  }

  @Test
  void givesTheDraftBackAfterALookAtHistory() {
    line.replace("one");
    line.submit();
    line.replace("two");
    line.submit();
    line.replace("dra");

    assertEquals("one|", after(Named.UP, Named.UP, Named.UP));
    assertEquals("dra|", after(Named.DOWN, Named.DOWN, Named.DOWN));
  }

  @Test
  void remembersNothingTwiceInARowAndNothingBlank() {
    for (var said : new String[] {"one", "one", " ", "two"}) {
      line.replace(said);
      line.submit();
    }

    assertEquals("two|", after(Named.UP));
    assertEquals("one|", after(Named.UP));
    assertEquals("one|", after(Named.UP));
  }

  @Test
  void takesAPasteWithItsLines() {
    assertEquals("x\ny|", after(new Key.Paste("x\ny")));
  }
}
