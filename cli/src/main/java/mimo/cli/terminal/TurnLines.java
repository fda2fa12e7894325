package mimo.cli.terminal;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import mimo.agent.AgentEvent;
import mimo.agent.AgentEvent.Status;

/// A turn as people follow it: one line on stderr for each tool call, retry and notice; and what
/// the model says on stdout while it says it, if that is wanted. Thread-safe.
public final class TurnLines implements Consumer<AgentEvent> {

  private static final int MAX_INPUT = 100;
  private static final int MAX_LINE = 400;

  private final Terminal terminal;
  private final Style style;
  private final Voice voice;
  private final Entries entries;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, String> inputs = new HashMap<>();
  private final StringBuilder held = new StringBuilder();
  private boolean midLine;
  private boolean spoke;

  /// Whether what the model says is shown while it says it.
  public enum Voice {
    ALOUD,
    SILENT
  }

  /// Whether there are lines on stderr.
  public enum Entries {
    SHOWN,
    HIDDEN
  }

  public TurnLines(Terminal terminal, Style style, Voice voice, Entries entries) {
    this.terminal = terminal;
    this.style = style;
    this.voice = voice;
    this.entries = entries;
  }

  @Override
  public void accept(AgentEvent event) {
    lock.lock();
    try {
      if (event instanceof AgentEvent.ToolStart start) {
        inputs.put(start.call(), JsonText.words(start.arguments()));
      } else if (event instanceof AgentEvent.ToolEnd end) {
        line(tool(end));
      } else if (event instanceof AgentEvent.Notice notice) {
        line("notice  " + TerminalText.cut(notice.text(), MAX_LINE));
      } else if (event instanceof AgentEvent.GoalEnd(_, var ruled) && ruled != null) {
        GoalLines.of(ruled).forEach(words -> line("goal    " + TerminalText.cut(words, MAX_LINE)));
      } else if (event instanceof AgentEvent.CandidatesEnd(_, var choice) && choice != null) {
        line(style.faint("max     ") + TerminalText.cut(choice.words(), MAX_LINE));
      } else if (event instanceof AgentEvent.RetryStart retry) {
        line("again   " + TerminalText.cut(retry.reason(), MAX_LINE));
      } else if (voice == Voice.ALOUD) {
        speak(event);
      }
    } finally {
      lock.unlock();
    }
  }

  private void speak(AgentEvent event) {
    if (event instanceof AgentEvent.TextStart) {
      spoke = false;
    } else if (event instanceof AgentEvent.TextDelta(var text)) {
      say(text);
    } else if (event instanceof AgentEvent.TextEnd(var text, var status)) {
      // A reply that came whole had no deltas.
      if (!spoke && status == Status.OK) {
        say(text);
      }
      endLine();
      if (status == Status.ABORTED) {
        line("notice  the reply broke off; what is shown of it does not count");
      }
    }
  }

  /// Half of a character waits for the other half.
  private void say(String text) {
    held.append(text);
    int end = held.length();
    if (end > 0 && Character.isHighSurrogate(held.charAt(end - 1))) {
      end--;
    }
    if (end > 0) {
      spoke = true;
      midLine = held.charAt(end - 1) != '\n';
      terminal.print(held.substring(0, end));
      held.delete(0, end);
    }
  }

  private void endLine() {
    if (midLine) {
      terminal.print("\n");
      midLine = false;
    }
  }

  private String tool(AgentEvent.ToolEnd end) {
    var input = TerminalText.cut(inputs.getOrDefault(end.call(), ""), MAX_INPUT);
    var words = TerminalText.cut(end.tool(), MAX_INPUT) + (input.isEmpty() ? "" : " " + input);
    var time = String.format(Locale.ROOT, "  %d ms", end.took().toMillis());
    inputs.remove(end.call());
    return end.status() == Status.OK
        ? style.faint("tool    ") + words + style.faint(time)
        : style.red("tool    ")
            + words
            + style.faint(time)
            + "  "
            + end.status().name().toLowerCase(Locale.ROOT)
            + ": "
            + TerminalText.cut(end.answer().text(), MAX_INPUT);
  }

  private void line(String text) {
    endLine();
    if (entries == Entries.HIDDEN) {
      return;
    }
    terminal.err().print(text + "\n");
    terminal.err().flush();
  }
}
