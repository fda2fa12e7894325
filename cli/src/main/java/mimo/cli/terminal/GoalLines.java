package mimo.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mimo.agent.goal.VerdictWords;
import mimo.agent.session.GoalFact.Ruled;

/// A verdict as people read it while they follow a turn: what it is, the quotes it rests on, and
/// changed tests (G9, G10).
public final class GoalLines {

  private static final int SHOWN = 3;

  private GoalLines() {}

  /// One line each; they may hold anything, so whoever shows them cuts and cleans them.
  public static List<String> of(Ruled ruled) {
    var lines = new ArrayList<String>();
    lines.add(TerminalText.oneLine(VerdictWords.of(ruled)));
    VerdictWords.quotes(ruled).stream()
        .limit(SHOWN)
        .forEach(quote -> lines.add("  " + TerminalText.oneLine(quote)));
    ruled.changes().stream()
        .limit(SHOWN)
        .forEach(each ->
            lines.add(
                "  test "
                    + each.kind().name().toLowerCase(Locale.ROOT)
                    + ": "
                    + TerminalText.oneLine(each.path())));
    if (ruled.changes().size() > SHOWN) {
      lines.add("  and " + (ruled.changes().size() - SHOWN) + " more");
    }
    return List.copyOf(lines);
  }
}
