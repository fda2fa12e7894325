package mimo.cli.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import mimo.agent.AgentEvent;
import mimo.engine.RecordedEvent;
import mimo.engine.RunEvent;
import mimo.engine.RunId;
import mimo.engine.Standstill;

/// A block of lines at the bottom of a terminal, painted anew while the run goes on; log lines and
/// lost agents scroll by above it. Thread-safe: one thread of its own paints, the others only mark
/// that something changed.
///
/// Before each paint the cursor goes up by the lines last painted and everything below is erased.
/// Lines are cut to the window and line wrap is off while painting, so that count stays true when a
/// window shrinks between two paints.
public final class LiveProgress implements Progress {

  private static final Duration BETWEEN_PAINTS = Duration.ofMillis(100);

  /// Elapsed times go on counting while nothing happens.
  private static final Duration LONGEST_REST = Duration.ofSeconds(1);

  /// Lines that wait to scroll by; beyond it the oldest are dropped, the journal has them all.
  private static final int MAX_WAITING_LINES = 1000;

  /// How many characters of a label, a question or an answer scroll by at most.
  private static final int MAX_SCROLLED = 400;

  private static final String ERASE_BELOW = "\u001b[J";
  private static final String WRAP_OFF = "\u001b[?7l";
  private static final String WRAP_ON = "\u001b[?7h";
  private static final String CURSOR_OFF = "\u001b[?25l";
  private static final String CURSOR_ON = "\u001b[?25h";

  private final RunBoard board;
  private final PrintStream err;
  private final Style style;
  private final BoardView view;
  private final InstantSource clock;
  private final Supplier<WindowSize> window;
  private final Instant began;
  private final Thread painter;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<String> scrolling = new ArrayDeque<>();
  private boolean dirty;
  private boolean closed;
  private boolean held;

  /// Held while the terminal is written to.
  private final ReentrantLock painting = new ReentrantLock();

  /// How many lines the last paint left; of whoever paints, and after the painter's end the
  /// closer's.
  private int painted;

  public LiveProgress(
      RunBoard board,
      PrintStream err,
      Style style,
      InstantSource clock,
      Supplier<WindowSize> window) {
    this.board = board;
    this.err = err;
    this.style = style;
    this.view = new BoardView(style);
    this.clock = clock;
    this.window = window;
    this.began = clock.instant();
    this.painter = Thread.ofVirtual().name("mimo-progress").unstarted(this::paintUntilClosed);
  }

  /// Begins to paint.
  public LiveProgress start() {
    painter.start();
    return this;
  }

  @Override
  public void recorded(RecordedEvent recorded) {
    board.recorded(recorded);
    var run = recorded.run();
    switch (recorded.event()) {
      case RunEvent.LogWritten log -> scroll(TerminalText.visible(log.text()));
      case RunEvent.StepFailed step ->
          board
              .agent(step.seq())
              .ifPresent(agent ->
                  scroll(
                      style.red("lost ")
                          + TerminalText.cut(agent.name() + "  " + agent.doing(), MAX_SCROLLED)));
      case RunEvent.Started started -> scroll(style.faint("run " + run));
      case RunEvent.OptionsChanged changed -> {}
      case RunEvent.Resumed resumed -> scroll(style.faint("resumed run " + run));
      case RunEvent.StepScheduled step -> mark();
      case RunEvent.StepCompleted step -> mark();
      case RunEvent.StepSpent step -> {}
      case RunEvent.Delivered delivered -> {}
      case RunEvent.PhaseEntered phase -> mark();
      case RunEvent.BudgetOpened opened -> {}
      case RunEvent.GateAnswered answer ->
          scroll("answer " + answer.seq() + "  " + TerminalText.cut(answer.value(), MAX_SCROLLED));
      case RunEvent.GateOpened gate -> {}
      case RunEvent.TimerSet timer -> {}
      case RunEvent.TimerFired timer -> {}
      case RunEvent.Waited waited -> {}
      case RunEvent.Parked parked -> {}
      case RunEvent.Paused paused -> {}
      case RunEvent.ControlApplied applied -> mark();
      case RunEvent.Ended ended -> {}
      case RunEvent.Scrubbed scrubbed -> {}
    }
  }

  @Override
  public void stepStarted(RunId run, int seq) {
    board.stepStarted(run, seq);
    mark();
  }

  @Override
  public void rests(RunId run, Standstill standstill) {
    board.rests(run, standstill);
    mark();
  }

  @Override
  public void heard(RunId run, int seq, AgentEvent event) {
    board.heard(run, seq, event);
    if (event instanceof AgentEvent.Notice notice) {
      scroll(style.yellow("notice ") + TerminalText.cut(notice.text(), MAX_SCROLLED));
    } else if (event instanceof AgentEvent.GoalEnd(_, var ruled) && ruled != null) {
      GoalLines.of(ruled).forEach(line -> scroll("goal   " + TerminalText.cut(line, MAX_SCROLLED)));
      mark();
    } else if (!(event instanceof AgentEvent.TextDelta
        || event instanceof AgentEvent.ReasoningDelta)) {
      mark();
    }
  }

  @Override
  public void hold() {
    setHeld(true);
    painting.lock();
    try {
      // Here, not by the painter: when this returns the screen is the caller's.
      write(List.of());
    } finally {
      painting.unlock();
    }
  }

  @Override
  public void release() {
    setHeld(false);
    mark();
  }

  private void setHeld(boolean now) {
    lock.lock();
    try {
      held = now;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void say(String line) {
    scroll(TerminalText.oneLine(line));
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      painter.join(LONGEST_REST);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    write(List.of());
  }

  private void mark() {
    lock.lock();
    try {
      dirty = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void scroll(String line) {
    lock.lock();
    try {
      if (scrolling.size() == MAX_WAITING_LINES) {
        scrolling.remove();
      }
      scrolling.add(line);
      dirty = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void paintUntilClosed() {
    try {
      while (awaitChange()) {
        var size = window.get();
        var lines =
            view.lines(board.state(), began, clock.instant(), size.columns() - 1, size.rows() - 1);
        paint(lines);
        Thread.sleep(BETWEEN_PAINTS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void paint(List<String> lines) {
    painting.lock();
    try {
      if (!isHeld()) {
        write(lines);
      }
    } finally {
      painting.unlock();
    }
  }

  private boolean isHeld() {
    lock.lock();
    try {
      return held;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for something new to paint; false when closed.
  private boolean awaitChange() throws InterruptedException {
    lock.lock();
    try {
      long left = LONGEST_REST.toNanos();
      while (!dirty && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      dirty = false;
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /// Replaces the painted block by `lines`, after what waits to scroll by. Not under the lock: a
  /// terminal that takes nothing (Ctrl-S) must hold up the painter alone, never an agent.
  private void write(List<String> lines) {
    var text = new StringBuilder(WRAP_OFF).append(CURSOR_OFF).append('\r');
    if (painted > 0) {
      text.append("\u001b[").append(painted).append('A');
    }
    text.append(ERASE_BELOW).append(WRAP_ON);
    takeScrolling().forEach(line -> text.append(line).append('\n'));
    text.append(WRAP_OFF);
    lines.forEach(line -> text.append(line).append('\n'));
    text.append(WRAP_ON).append(CURSOR_ON);
    painted = lines.size();
    err.print(text);
    err.flush();
  }

  private List<String> takeScrolling() {
    lock.lock();
    try {
      var taken = List.copyOf(scrolling);
      scrolling.clear();
      return taken;
    } finally {
      lock.unlock();
    }
  }
}
