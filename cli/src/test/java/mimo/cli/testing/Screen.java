package mimo.cli.testing;

import java.util.ArrayList;
import java.util.List;

/// A terminal of endless size that knows the few commands mimo uses: cursor up and right, erase
/// below, and switches, which change nothing here.
public final class Screen {

  private final List<StringBuilder> lines = new ArrayList<>();
  private int row;
  private int column;

  /// Takes what a program wrote.
  ///
  /// @return the lines on the screen after it
  public List<String> show(String output) {
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
        column = 0;
      } else if (c == '\r') {
        column = 0;
      } else {
        put(c);
      }
    }
    return lines();
  }

  /// The lines on the screen.
  public List<String> lines() {
    return lines.stream().map(StringBuilder::toString).toList();
  }

  private void put(char c) {
    var line = current();
    while (line.length() <= column) {
      line.append(' ');
    }
    line.setCharAt(column, c);
    column++;
  }

  private StringBuilder current() {
    while (lines.size() <= row) {
      lines.add(new StringBuilder());
    }
    return lines.get(row);
  }

  private void command(char command, String argument) {
    switch (command) {
      case 'A' -> row -= Integer.parseInt(argument);
      case 'C' -> column += Integer.parseInt(argument);
      case 'J' -> {
        if (row < lines.size()) {
          var rest = current();
          rest.setLength(Math.min(rest.length(), column));
          lines.subList(row + (column == 0 ? 0 : 1), lines.size()).clear();
        }
      }
      case 'm', 'h', 'l' -> {}
      default -> throw new IllegalArgumentException("unknown command " + argument + command);
    }
  }
}
