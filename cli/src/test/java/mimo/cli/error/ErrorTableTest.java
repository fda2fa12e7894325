package mimo.cli.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ErrorTableTest {

  private final ErrorTable table = ErrorTable.load();

  @Test
  void givesEachNumberAndEachNameOnlyOnce() {
    var numbers = new HashSet<Integer>();
    var names = new HashSet<String>();

    for (var entry : table.entries()) {
      assertTrue(numbers.add(entry.number()), entry.title());
      assertTrue(names.add(entry.name()), entry.title());
      assertTrue(entry.name().matches("[a-z]+(_[a-z]+)*"), entry.title());
    }
    assertTrue(names.size() > 60, names.size() + " errors");
  }

  @Test
  void keepsTheRangesOfA69InAscendingOrder() {
    int last = 0;

    for (var entry : table.entries()) {
      assertTrue(entry.number() > last && entry.number() < 1000, entry.title());
      last = entry.number();
      var range = entry.number() / 100;
      if (entry.name().startsWith("store_")) {
        assertEquals(5, range, entry.title());
      }
      if (entry.name().startsWith("provider_") && !entry.name().equals("provider_config")) {
        assertEquals(2, range, entry.title());
      }
      if (entry.name().startsWith("script_") || entry.name().startsWith("run_")) {
        assertEquals(6, range, entry.title());
      }
    }
  }

  @Test
  void holdsTheNumbersThatAreAlreadyKnownByHeart() {
    var known =
        List.of("no_model", "cassette_exhausted", "determinism_violation", "internal").stream()
            .map(name -> table.find(name).title())
            .toList();

    assertEquals(
        List.of(
            "MIMO-101 no_model",
            "MIMO-230 cassette_exhausted",
            "MIMO-612 determinism_violation",
            "MIMO-900 internal"),
        known);
  }

  @Test
  void saysWhatItMeansAndWhatToDoInWholeSentences() {
    for (var entry : table.entries()) {
      assertTrue(entry.meaning().endsWith("."), entry.title());
      assertTrue(entry.meaning().length() > 15, entry.title());
      assertTrue(entry.remedy().length() > 10, entry.title());
      assertTrue(entry.exit() != ExitCode.OK, entry.title());
    }
  }

  @Test
  void namesTheRunInARemedy() {
    var entry = table.find("interrupted");

    assertEquals("mimo runs resume 7f3a", entry.remedyFor("7f3a"));
    assertEquals("mimo runs resume RUN", entry.remedyFor(null));
  }

  @Test
  void takesANameItDoesNotKnowForADefectOfMimo() {
    assertEquals("internal", table.find("no_such_name").name());
  }

  @Test
  void refusesATableWhoseRowsAreNotWhole() {
    var lines = List.of("900 internal FAILURE", "  Meaning.");

    assertThrows(RuntimeException.class, () -> ErrorTable.parse(lines));
  }

  @Test
  void letsTheFirstOfSeveralExitCodesCount() {
    assertEquals(
        ExitCode.INTERRUPTED,
        ExitCode.of(List.of(ExitCode.FAILURE, ExitCode.LOSSES, ExitCode.INTERRUPTED)));
    assertEquals(ExitCode.OK, ExitCode.of(List.of()));
    var numbers = java.util.Arrays.stream(ExitCode.values()).map(ExitCode::number).toList();
    assertEquals(List.of(2, 130, 75, 5, 6, 4, 3, 1, 0), numbers);
  }
}
