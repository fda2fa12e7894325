package mimo.cli.terminal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import mimo.cli.terminal.BoardState.Agent;
import mimo.cli.terminal.BoardState.Stage;

/// Draws a [BoardState] as a few lines that fit a window.
final class BoardView {

  /// More running agents than this are counted, not listed.
  private static final int MAX_AGENTS = 8;

  private static final int MAX_PHASES = 6;

  private static final int MAX_WAITS = 4;

  private final Style style;

  BoardView(Style style) {
    this.style = style;
  }

  /// At most `height` lines of at most `width` visible characters.
  List<String> lines(BoardState state, Instant began, Instant now, int width, int height) {
    var lines = new ArrayList<String>();
    lines.add(bold(title(state) + "  " + Figures.time(Duration.between(began, now)), width));
    addPhases(state, width, lines);
    addAgents(state, now, width, lines);
    addWaits(state, now, width, lines);
    lines.add(faint(totals(state), width));
    if (lines.size() <= height) {
      return lines;
    }
    // The last line holds the totals: it stays when the window is low.
    var kept = new ArrayList<>(lines.subList(0, Math.max(0, height - 1)));
    kept.add(lines.getLast());
    return kept;
  }

  private static String title(BoardState state) {
    return state.workflow().isEmpty() ? "starting" : state.workflow();
  }

  private void addPhases(BoardState state, int width, List<String> lines) {
    var phases = state.phases();
    int hidden = Math.max(0, phases.size() - MAX_PHASES);
    if (hidden > 0) {
      lines.add(faint("  … " + Figures.count(hidden, "earlier phase"), width));
    }
    for (var title : phases.subList(hidden, phases.size())) {
      boolean open =
          title.equals(phases.getLast())
              || !state.in(title, Stage.RUNNING).isEmpty()
              || !state.in(title, Stage.QUEUED).isEmpty();
      var text =
          TerminalText.cut((open ? "● " : "✓ ") + title + "  " + counts(state, title), width);
      lines.add(open ? text : style.green(text));
    }
  }

  private static String counts(BoardState state, String phase) {
    var counts = new ArrayList<String>();
    for (var stage : List.of(Stage.RUNNING, Stage.QUEUED, Stage.DONE, Stage.LOST)) {
      int number = state.in(phase, stage).size();
      if (number > 0) {
        counts.add(number + " " + stage.word());
      }
    }
    return String.join(", ", counts);
  }

  private void addAgents(BoardState state, Instant now, int width, List<String> lines) {
    var running = state.in(Stage.RUNNING);
    int nameWidth =
        running.stream().limit(MAX_AGENTS).mapToInt(agent -> agent.name().length()).max().orElse(0);
    nameWidth = Math.min(nameWidth, width / 3);
    for (var agent : running.stream().limit(MAX_AGENTS).toList()) {
      lines.add(agentLine(agent, now, nameWidth, width));
    }
    if (running.size() > MAX_AGENTS) {
      lines.add(faint("    … " + (running.size() - MAX_AGENTS) + " more running", width));
    }
  }

  private static String agentLine(Agent agent, Instant now, int nameWidth, int width) {
    var name = TerminalText.cut(agent.name(), nameWidth);
    var end =
        "  "
            + Figures.time(Duration.between(agent.since(), now))
            + (agent.tokens() == 0 ? "" : "  " + Figures.tokens(agent.tokens()));
    var padded = "    " + name + " ".repeat(Math.max(0, nameWidth - name.length())) + "  ";
    int room = width - padded.length() - end.length();
    if (room < 8) {
      return TerminalText.cut(padded + end.strip(), width);
    }
    return padded + TerminalText.cut(agent.doing(), room) + end;
  }

  /// What the run waits for, with the time that is left.
  private void addWaits(BoardState state, Instant now, int width, List<String> lines) {
    var causes = state.standstill().causes();
    for (var cause : causes.stream().limit(MAX_WAITS).toList()) {
      var until = cause.until();
      var left = until == null ? "" : "  " + Figures.time(left(now, until)) + " left";
      lines.add(TerminalText.cut("    waits  " + cause.label() + left, width));
    }
    if (causes.size() > MAX_WAITS) {
      lines.add(faint("    … " + (causes.size() - MAX_WAITS) + " more", width));
    }
    if (!causes.isEmpty()) {
      lines.add(faint("    d and Enter leaves it to itself", width));
    }
  }

  private static Duration left(Instant now, Instant until) {
    var left = Duration.between(now, until);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private static String totals(BoardState state) {
    var lost = state.in(Stage.LOST).size();
    return Figures.count(state.agents().size(), "agent")
        + (lost == 0 ? "" : ", " + lost + " lost")
        + ", "
        + Figures.usage(state.usage(), state.offline());
  }

  private String bold(String text, int width) {
    return style.bold(TerminalText.cut(text, width));
  }

  private String faint(String text, int width) {
    return style.faint(TerminalText.cut(text, width));
  }
}
