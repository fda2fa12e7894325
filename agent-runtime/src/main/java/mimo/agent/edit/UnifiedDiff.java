package mimo.agent.edit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import mimo.agent.AgentLimits;

/// A change as lines that went and came, with a few around them.
public final class UnifiedDiff {

  private static final int CONTEXT = 3;

  private final List<String> before;
  private final List<String> after;
  private final List<Line> script = new ArrayList<>();

  /// @param mark a space, `-` or `+`
  /// @param oldLine how many old lines come before, as `newLine` of the new ones
  private record Line(char mark, String text, int oldLine, int newLine) {}

  /// How much of it is shown.
  ///
  /// @param lines at most so many
  /// @param chars of each line at most so many
  private record Room(int lines, int chars) {}

  private UnifiedDiff(List<String> before, List<String> after) {
    this.before = before;
    this.after = after;
  }

  /// The change from one content of a file to the next, hunk by hunk, as far as it fits
  /// [AgentLimits#DIFF_LINES]; empty if no line differs. Line ends are not shown.
  public static String of(byte[] before, byte[] after) {
    return of(before, after, new Room(AgentLimits.DIFF_LINES, AgentLimits.DIFF_LINE_CHARS));
  }

  /// The same, all of it: for who has to agree to it.
  public static String whole(byte[] before, byte[] after) {
    return of(before, after, new Room(Integer.MAX_VALUE, Integer.MAX_VALUE));
  }

  private static String of(byte[] before, byte[] after, Room room) {
    var diff = new UnifiedDiff(lines(before), lines(after));
    diff.compare();
    return diff.shown(room);
  }

  private static List<String> lines(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).lines().toList();
  }

  private void compare() {
    int head = 0;
    int shorter = Math.min(before.size(), after.size());
    while (head < shorter && before.get(head).equals(after.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
      tail++;
    }
    same(Math.max(0, head - CONTEXT), head, Math.max(0, head - CONTEXT));
    int oldEnd = before.size() - tail;
    int newEnd = after.size() - tail;
    if (oldEnd - head <= AgentLimits.DIFF_COMPARED_LINES
        && newEnd - head <= AgentLimits.DIFF_COMPARED_LINES) {
      commonLines(head, oldEnd, newEnd);
    } else if (before.size() == after.size()) {
      lineByLine(head, oldEnd);
    } else {
      all(head, oldEnd, head, newEnd);
    }
    same(oldEnd, Math.min(before.size(), oldEnd + CONTEXT), newEnd);
  }

  private void same(int from, int to, int newFrom) {
    for (int i = from; i < to; i++) {
      script.add(new Line(' ', before.get(i), i, newFrom + i - from));
    }
  }

  private void all(int oldFrom, int oldTo, int newFrom, int newTo) {
    for (int i = oldFrom; i < oldTo; i++) {
      script.add(new Line('-', before.get(i), i, newFrom));
    }
    for (int i = newFrom; i < newTo; i++) {
      script.add(new Line('+', after.get(i), oldTo, i));
    }
  }

  private void lineByLine(int from, int to) {
    int at = from;
    while (at < to) {
      int end = at;
      while (end < to && !before.get(end).equals(after.get(end))) {
        end++;
      }
      all(at, end, at, end);
      at = end;
      while (at < to && before.get(at).equals(after.get(at))) {
        script.add(new Line(' ', before.get(at), at, at));
        at++;
      }
    }
  }

  /// By the longest run of lines that both have in order.
  private void commonLines(int from, int oldEnd, int newEnd) {
    int rows = oldEnd - from;
    int columns = newEnd - from;
    int[][] common = new int[rows + 1][columns + 1];
    for (int i = rows - 1; i >= 0; i--) {
      for (int j = columns - 1; j >= 0; j--) {
        common[i][j] =
            before.get(from + i).equals(after.get(from + j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    while (i < rows || j < columns) {
      if (i < rows && j < columns && before.get(from + i).equals(after.get(from + j))) {
        same(from + i, from + i + 1, from + j);
        i++;
        j++;
      } else if (i < rows && (j == columns || common[i + 1][j] >= common[i][j + 1])) {
        all(from + i, from + i + 1, from + j, from + j);
        i++;
      } else {
        all(from + i, from + i, from + j, from + j + 1);
        j++;
      }
    }
  }

  private String shown(Room room) {
    var text = new StringBuilder();
    int shown = 0;
    int at = 0;
    while ((at = nextChange(at)) < script.size()) {
      int from = Math.max(0, at - CONTEXT);
      int to = hunkEnd(at);
      text.append(header(from, to));
      for (var line : script.subList(from, to)) {
        if (shown++ == room.lines()) {
          return text.append("(the change goes on)\n").toString();
        }
        text.append(line.mark()).append(cut(line.text(), room.chars())).append('\n');
      }
      at = to;
    }
    return text.toString();
  }

  private int nextChange(int from) {
    int at = from;
    while (at < script.size() && script.get(at).mark() == ' ') {
      at++;
    }
    return at;
  }

  /// A hunk goes on as long as changes are near enough to share the lines between them.
  private int hunkEnd(int change) {
    int last = change;
    for (int i = change; i < script.size() && i <= last + 2 * CONTEXT; i++) {
      last = script.get(i).mark() == ' ' ? last : i;
    }
    return Math.min(script.size(), last + 1 + CONTEXT);
  }

  private String header(int from, int to) {
    var hunk = script.subList(from, to);
    long went = hunk.stream().filter(line -> line.mark() != '+').count();
    long came = hunk.stream().filter(line -> line.mark() != '-').count();
    var first = hunk.getFirst();
    return "@@ -%d,%d +%d,%d @@\n"
        .formatted(
            first.oldLine() + (went == 0 ? 0 : 1),
            went,
            first.newLine() + (came == 0 ? 0 : 1),
            came);
  }

  private static String cut(String line, int end) {
    if (line.length() <= end) {
      return line;
    }
    return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
