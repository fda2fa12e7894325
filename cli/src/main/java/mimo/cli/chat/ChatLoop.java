package mimo.cli.chat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import mimo.agent.AgentEvent;
import mimo.agent.TurnOutcome;
import mimo.agent.message.Reminder;
import mimo.cli.terminal.Figures;
import mimo.cli.terminal.Style;
import mimo.cli.terminal.TerminalText;
import mimo.cli.terminal.WindowSize;
import mimo.cli.terminal.keys.InputLine;
import mimo.cli.terminal.keys.Key;
import mimo.cli.terminal.keys.LiveTail;
import org.jspecify.annotations.Nullable;

/// Reads what is typed and shows what happens, until the user leaves. Confined to one thread, but
/// for [#ask] and [#leave].
public final class ChatLoop {

  /// How often the screen catches up while keys are awaited; an interrupt is heard much sooner.
  private static final Duration TICK = Duration.ofMillis(80);

  /// The second Ctrl-C must follow the first this soon.
  private static final Duration LEAVING = Duration.ofSeconds(2);

  /// Messages that wait for the turn to end.
  private static final int QUEUE = 100;

  /// What an agent is told that nobody has spoken to.
  private static final String NEWS =
      Reminder.of(
          "What worked in the background has ended. Go on with what it was for, or say what came"
              + " of it.");

  private static final String SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";

  private final Keys keys;
  private final LiveTail tail;
  private final Partner partner;
  private final SlashCommands commands;
  private final Look look;
  private final ChatView view;
  private final InputLine line = new InputLine();
  private final Deque<String> queue = new ArrayDeque<>();
  private final AskBar asks = new AskBar();
  private final Inbox aside = new Inbox();

  private @Nullable Turn turn;
  private @Nullable Instant wantedToLeave;

  /// Whether the agent may begin by itself: not after a turn that was stopped or failed, until the
  /// user speaks.
  private boolean wakeful = true;

  private volatile boolean left;
  private int ticks;

  /// Where keys come from.
  public interface Keys {
    /// The next key; empty if none came in that time.
    Optional<Key> next(Duration patience) throws IOException;
  }

  /// How things look, and when.
  public record Look(Style style, Supplier<WindowSize> window, InstantSource clock) {}

  public ChatLoop(Keys keys, LiveTail tail, Partner partner, SlashCommands commands, Look look) {
    this.keys = keys;
    this.tail = tail;
    this.partner = partner;
    this.commands = commands;
    this.look = look;
    this.view = new ChatView(look.style(), () -> look.window().get().columns());
  }

  /// Puts a question to the user, from whichever thread; its reply comes when it comes.
  public void ask(Ask ask) {
    asks.add(ask);
  }

  /// Something happened beside the turns, such as the end of an agent in the background; from
  /// whichever thread.
  public void hear(AgentEvent event) {
    aside.accept(event);
  }

  /// Ends the conversation, from whichever thread.
  public void leave() {
    left = true;
  }

  /// Says something before the user has typed anything.
  public void open(List<String> lines, @Nullable String prompt) {
    view.show(lines);
    if (prompt != null) {
      submit(prompt);
    }
  }

  /// Runs until the user leaves.
  ///
  /// @throws IOException if the terminal is gone; a turn that is going on is stopped
  /// @throws InterruptedException if the thread is interrupted; the same
  public void run() throws IOException, InterruptedException {
    try {
      while (!left) {
        catchUp();
        paint();
        var key = keys.next(TICK);
        if (key.isPresent()) {
          press(key.get());
        }
      }
    } finally {
      if (turn != null) {
        turn.stop();
        asks.refuseAll();
        turn.await();
      }
      tail.clear();
    }
  }

  private void catchUp() {
    ticks++;
    aside.take().forEach(view::heard);
    if (turn != null) {
      turn.events().forEach(view::heard);
      turn.outcome().ifPresent(this::conclude);
    }
    if (turn == null && wakeful && !asks.isOpen() && partner.hasNews()) {
      turn = Turn.start(partner, NEWS, look.clock().instant());
    }
    asks.next(look.clock().instant()).ifPresent(ask -> view.show(ask.lines()));
    var lines = view.take();
    if (!lines.isEmpty()) {
      tail.print(lines);
    }
  }

  private void conclude(Turn.Outcome outcome) {
    if (turn != null) {
      turn.events().forEach(view::heard);
    }
    view.rest();
    turn = null;
    wakeful = outcome instanceof Turn.Outcome.Ended(TurnOutcome.Answered _);
    switch (outcome) {
      case Turn.Outcome.Ended(TurnOutcome.Answered _) -> {}
      case Turn.Outcome.Ended(TurnOutcome.Interrupted()) -> view.warn("interrupted");
      case Turn.Outcome.Ended(TurnOutcome.Failed(var code, var message, var until)) ->
          view.fault(code + ": " + message + (until == null ? "" : " (until " + until + ")"));
      case Turn.Outcome.Broken(var message) -> view.fault(message);
    }
    if (!queue.isEmpty()) {
      begin(queue.remove());
    }
  }

  private void press(Key key) {
    var now = look.clock().instant();
    if (asks.isOpen()) {
      asks.press(key, now).ifPresent(this::answered);
      return;
    }
    switch (key) {
      case Key.Named.ENTER -> submit(line.submit());
      case Key.Named.ESCAPE -> interrupt();
      case Key.Named.INTERRUPT -> interruptOrLeave();
      case Key.Named.TAB -> complete();
      case Key.Named.END_OF_INPUT -> {
        if (line.isEmpty()) {
          left = true;
        }
      }
      case Key other -> line.press(other);
    }
  }

  private void submit(String text) {
    wantedToLeave = null;
    if (text.isBlank()) {
      return;
    }
    if (text.startsWith("/")) {
      run(text.substring(1).strip());
    } else if (turn == null) {
      begin(text);
    } else if (queue.size() < QUEUE) {
      queue.add(text);
    } else {
      view.warn("%d messages wait already; this one was not taken".formatted(QUEUE));
      line.replace(text);
    }
  }

  private void begin(String text) {
    view.said(text);
    turn = Turn.start(partner, text, look.clock().instant());
  }

  private void run(String words) {
    if (turn != null && !words.startsWith("help") && !words.startsWith("quit")) {
      view.warn("/" + words + ": wait until the answer is there, or press Esc first");
      return;
    }
    switch (commands.run(words)) {
      case SlashCommands.Result.Told(var lines) -> lines.forEach(view::tell);
      case SlashCommands.Result.Draft(var text, var lines) -> {
        lines.forEach(view::tell);
        line.replace(text);
      }
      case SlashCommands.Result.Said(var text) -> begin(text);
      case SlashCommands.Result.Refused(var why) -> view.fault(why);
      case SlashCommands.Result.Left() -> left = true;
    }
  }

  /// Completes the name of a command.
  private void complete() {
    if (line.text().startsWith("/")) {
      commands
          .beginning(line.text().substring(1))
          .ifPresent(command ->
              line.replace("/" + command.name() + (command.argument().isEmpty() ? "" : " ")));
    }
  }

  /// The messages that wait come back to be edited: they were written for what is not done now.
  private void interrupt() {
    if (turn != null) {
      turn.stop();
      if (!queue.isEmpty()) {
        var waiting = new ArrayList<>(queue);
        queue.clear();
        if (!line.isEmpty()) {
          waiting.add(line.text());
        }
        line.replace(String.join("\n", waiting));
      }
    }
  }

  private void interruptOrLeave() {
    var now = look.clock().instant();
    if (wantedToLeave != null && now.isBefore(wantedToLeave.plus(LEAVING))) {
      left = true;
      return;
    }
    wantedToLeave = now;
    if (turn != null) {
      interrupt();
    } else {
      line.clear();
    }
  }

  /// The question stays readable, with what was answered.
  private void answered(AskBar.Answered answered) {
    var note = TerminalText.oneLine(answered.reply().note());
    var words = "→ " + answered.reply().choice().words() + (note.isEmpty() ? "" : ": " + note);
    view.show(List.of(look.style().faint(words)));
  }

  private void paint() {
    tail.show(asks.isOpen() ? asks.contents(columns()) : typing());
  }

  private int columns() {
    return look.window().get().columns() - 1;
  }

  private LiveTail.Contents typing() {
    int columns = columns();
    var above = new ArrayList<>(List.of(""));
    queue.forEach(
        text -> above.add(look.style().faint(TerminalText.cut("queued  " + text, columns))));
    above.add(look.style().faint(TerminalText.cut(status(), columns)));
    return new LiveTail.Contents(above, "> ", line.text(), line.cursor());
  }

  private String status() {
    var now = look.clock().instant();
    if (wantedToLeave != null && now.isBefore(wantedToLeave.plus(LEAVING))) {
      return "press Ctrl-C once more to leave";
    }
    if (turn == null) {
      return partner.standing();
    }
    var time = Figures.time(Duration.between(turn.since(), now));
    return "%s %s  %s  Esc stops it"
        .formatted(SPINNER.charAt(ticks % SPINNER.length()), view.state(), time);
  }
}
