package mimo.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/// A terminal that knows the few commands [LiveProgress] uses: cursor up, erase below, and the
/// switches for wrap and cursor, which change nothing here.
final class Screen {

  private final List<String> lines = new ArrayList<>();
  private int row;

  /// The lines left on the screen.
  List<String> show(String output) {
    for (int i = 0; i < output.length(); i++) {
      char c = output.charAt(i);
      if (c == '\u001b') {
        int end = i + 2;
        while (!Character.isLetter(output.charAt(end))) {
          end++;
        }
        command(output.charAt(end), output.substring(i + 2, end));
        i = end;
      } else if (c == '\n') {
        current();
        row++;
      } else if (c != '\r') {
        lines.set(row, current() + c);
      }
    }
    return List.copyOf(lines);
  }

  private String current() {
    while (lines.size() <= row) {
      lines.add("");
    }
    return lines.get(row);
  }

  private void command(char command, String argument) {
    switch (command) {
      case 'A' -> row -= Integer.parseInt(argument);
      case 'J' -> {
        while (lines.size() > row) {
          lines.removeLast();
        }
      }
      case 'h', 'l' -> {}
      default -> throw new IllegalArgumentException("unknown command " + argument + command);
    }
  }
}
