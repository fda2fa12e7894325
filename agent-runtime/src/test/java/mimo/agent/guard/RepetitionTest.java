package mimo.agent.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// A text that only repeats itself is noticed, and no other (LG1).
final class RepetitionTest {

  private static final int HONEST = 100;

  private static boolean finds(String text) {
    return new Repetition().heard(text).isPresent();
  }

  @Test
  void noticesFourWordsAtTheirTwentiethTimeLG1() {
    var four = "I will try again ";

    assertEquals(false, finds(four.repeat(19)));
    assertEquals(true, finds(four.repeat(20)));
    // What was new in it ends with the second time.
    assertEquals(34, new Repetition().heard(four.repeat(30)).orElseThrow());
  }

  @Test
  void itMakesNoDifferenceInWhichPiecesTheTextComesLG1() {
    var text = "so it goes on ".repeat(25);
    var whole = new Repetition().heard(text);
    var pieces = new Repetition();
    var found = java.util.OptionalInt.empty();
    for (int i = 0; i < text.length() && found.isEmpty(); i++) {
      found = pieces.heard(text.substring(i, i + 1));
    }

    assertEquals(whole, found);
  }

  @Test
  void textWithoutBlanksHasWordsTooLG1() {
    assertEquals(true, finds("我再试一次".repeat(20)));
  }

  @Test
  void whatIsFarApartIsNoRepetitionLG1() {
    var text = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      text.append("as I said before ");
      for (int j = 0; j < 30; j++) {
        text.append("word").append(i).append('x').append(j).append(' ');
      }
    }

    assertEquals(false, finds(text.toString()));
  }

  @Test
  void linesAndTablesOfHonestRepliesAreLeftAloneLG1() {
    int alarms = 0;
    for (int seed = 0; seed < HONEST; seed++) {
      alarms += finds(honest(new Random(seed))) ? 1 : 0;
    }

    System.out.printf("LG1: %d honest replies, %d cut%n", HONEST, alarms);
    assertTrue(alarms <= HONEST / 100, alarms + " alarms");
  }

  /// A report with rules, tables, lists of files and test results, as agents write them.
  private static String honest(Random random) {
    var text = new StringBuilder("# Report\n\n| file | state |\n|---|---|\n");
    for (int i = 0; i < 120; i++) {
      switch (random.nextInt(4)) {
        case 0 -> text.append("| src/main/F").append(random.nextInt(90)).append(".java | ok |\n");
        case 1 -> text.append("- [x] test ").append(i).append(" passed in 3 ms\n");
        case 2 -> text.append("-".repeat(60)).append('\n');
        default ->
            text.append("The method m")
                .append(random.nextInt(50))
                .append(" reads the file and returns its lines, as before.\n");
      }
    }
    return text.toString();
  }
}
