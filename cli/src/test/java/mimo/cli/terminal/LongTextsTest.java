package mimo.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import mimo.cli.error.ErrorTable;
import mimo.cli.error.Failure;
import mimo.engine.Loss;
import org.junit.jupiter.api.Test;

/// What scripts and people wrote, where it is longer than anybody reads in a list.
final class LongTextsTest {

  /// Each is two chars: a cut between them would leave half of one.
  private static final String LONG = "😀".repeat(5_000);

  @Test
  void aQuestionIsCutBetweenCharacters() {
    var failure = new Failure("waits_for_answer", LONG, null, null, "7f3a00000001");

    var lines = new ErrorPrinter(ErrorTable.load(), Style.PLAIN).parked(failure);

    assertEquals("MIMO-631 waits_for_answer: " + "😀".repeat(399) + "…", lines.getFirst());
  }

  @Test
  void theLabelOfALostAgentIsCutBetweenCharacters() {
    var lines = ResultPrinter.losses(List.of(new Loss(3, LONG, "", "timeout")), Style.PLAIN);

    assertEquals("  timeout – " + "😀".repeat(79) + "…", lines.getLast());
  }
}
