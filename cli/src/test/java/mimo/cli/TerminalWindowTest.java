package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import mimo.cli.terminal.WindowSize;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TerminalWindowTest {

  @ParameterizedTest
  @CsvSource({"40 120, 120, 40", "1 1, 1, 1", "'24 80\n', 80, 24"})
  void readsRowsAndColumns(String answer, int columns, int rows) {
    assertEquals(new WindowSize(columns, rows), TerminalWindow.parse(answer));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0 0", "24", "stty: no tty", "24 80 1", "24 99999"})
  void takesTheUsualSizeWhereTheTerminalDoesNotKnow(String answer) {
    assertEquals(WindowSize.USUAL, TerminalWindow.parse(answer));
  }
}
