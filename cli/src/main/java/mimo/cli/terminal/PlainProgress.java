package mimo.cli.terminal;

import java.io.PrintStream;
import java.util.concurrent.locks.ReentrantLock;
import mimo.agent.AgentEvent;
import mimo.cli.terminal.BoardState.Agent;
import mimo.engine.RecordedEvent;
import mimo.engine.RunEvent;
import mimo.engine.RunId;
import mimo.engine.Standstill;

/// One line for each phase, end of an agent, log line and notice. Thread-safe.
public final class PlainProgress implements Progress {

  /// Messages longer than this are cut; `mimo runs show` has them whole.
  private static final int MAX_LINE = 400;

  private final RunBoard board;
  private final PrintStream err;
  private final Style style;
  private final String prefix;
  private final ReentrantLock lock = new ReentrantLock();

  public PlainProgress(RunBoard board, PrintStream err, Style style) {
    this(board, err, style, "");
  }

  /// @param prefix begins each line, where several runs are shown
  public PlainProgress(RunBoard board, PrintStream err, Style style, String prefix) {
    this.board = board;
    this.err = err;
    this.style = style;
    this.prefix = prefix;
  }

  @Override
  public void recorded(RecordedEvent recorded) {
    board.recorded(recorded);
    var line = line(recorded.run(), recorded.event());
    if (!line.isEmpty()) {
      print(line);
    }
  }

  @Override
  public void stepStarted(RunId run, int seq) {
    board.stepStarted(run, seq);
  }

  @Override
  public void rests(RunId run, Standstill standstill) {
    board.rests(run, standstill);
  }

  @Override
  public void heard(RunId run, int seq, AgentEvent event) {
    board.heard(run, seq, event);
    if (event instanceof AgentEvent.Notice notice) {
      print("notice  " + TerminalText.cut(notice.text(), MAX_LINE));
    } else if (event instanceof AgentEvent.GoalEnd(_, var ruled) && ruled != null) {
      GoalLines.of(ruled).forEach(line -> print("goal    " + TerminalText.cut(line, MAX_LINE)));
    }
  }

  @Override
  public void say(String line) {
    print(TerminalText.cut(line, MAX_LINE));
  }

  @Override
  public void close() {
    err.flush();
  }

  private String line(RunId run, RunEvent event) {
    return switch (event) {
      case RunEvent.Started started ->
          "run     " + run + "  " + TerminalText.cut(started.workflow(), MAX_LINE);
      case RunEvent.OptionsChanged changed -> "";
      case RunEvent.Resumed resumed -> "resumed " + run;
      case RunEvent.PhaseEntered phase ->
          style.bold("phase   " + TerminalText.cut(phase.title(), MAX_LINE));
      case RunEvent.LogWritten log -> "log     " + TerminalText.cut(log.text(), MAX_LINE);
      case RunEvent.StepCompleted step -> board.agent(step.seq()).map(this::done).orElse("");
      case RunEvent.StepFailed step -> board.agent(step.seq()).map(this::lost).orElse("");
      case RunEvent.StepScheduled step -> "";
      case RunEvent.BudgetOpened opened -> "";
      case RunEvent.StepSpent step -> "";
      case RunEvent.GateOpened gate ->
          style.bold("asks    " + TerminalText.cut(gate.question(), MAX_LINE))
              + "  (step "
              + gate.seq()
              + ")";
      case RunEvent.GateAnswered answer -> "answer  " + answered(answer);
      case RunEvent.TimerSet timer -> "";
      case RunEvent.TimerFired timer -> "";
      case RunEvent.Waited waited -> "";
      case RunEvent.Delivered delivered -> "";
      case RunEvent.Parked parked -> "";
      case RunEvent.Paused paused -> "";
      case RunEvent.ControlApplied applied -> words(applied);
      case RunEvent.Ended ended -> "";
      case RunEvent.Scrubbed scrubbed -> "";
    };
  }

  private static String answered(RunEvent.GateAnswered answer) {
    var by = answer.who().isEmpty() ? answer.channel() : answer.who();
    return TerminalText.cut(answer.value(), MAX_LINE)
        + "  (step "
        + answer.seq()
        + ", "
        + TerminalText.oneLine(by)
        + ")";
  }

  private static String words(RunEvent.ControlApplied applied) {
    var step = applied.seq() == 0 ? "" : " " + applied.seq();
    return "asked   "
        + applied.action()
        + step
        + ", by "
        + TerminalText.cut(applied.who(), MAX_LINE);
  }

  private String done(Agent agent) {
    return style.green("done    ")
        + TerminalText.cut(agent.name(), MAX_LINE)
        + " ("
        + Figures.tokens(agent.tokens())
        + " tokens)";
  }

  private String lost(Agent agent) {
    return style.red("lost    ")
        + TerminalText.cut(agent.name(), MAX_LINE)
        + " ("
        + TerminalText.cut(agent.doing(), MAX_LINE)
        + ")";
  }

  private void print(String line) {
    lock.lock();
    try {
      err.print(prefix + line + "\n");
      err.flush();
    } finally {
      lock.unlock();
    }
  }
}
