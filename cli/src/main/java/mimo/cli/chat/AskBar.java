package mimo.cli.chat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import mimo.cli.terminal.TerminalText;
import mimo.cli.terminal.keys.InputLine;
import mimo.cli.terminal.keys.Key;
import mimo.cli.terminal.keys.LiveTail;
import org.jspecify.annotations.Nullable;

/// The questions that stand in the place of the typed text until they are answered, one after the
/// other. Confined to the loop's thread, but for [#add].
final class AskBar {

  /// A key pressed this soon after a question has appeared was meant for something else (A76).
  private static final Duration NOT_YET = Duration.ofMillis(300);

  private final LinkedBlockingQueue<Ask> waiting = new LinkedBlockingQueue<>();
  private final InputLine note = new InputLine();
  private @Nullable Ask open;
  private Instant since = Instant.MIN;

  /// What was chosen, while a note may be added to it.
  private Ask.@Nullable Choice chosen;

  /// An answer that was just given.
  record Answered(Ask ask, Ask.Reply reply) {}

  /// Another question.
  void add(Ask ask) {
    waiting.add(ask);
  }

  /// Whether a question stands there; if none did, the next one does now.
  boolean isOpen(Instant now) {
    if (open != null && open.reply().isDone()) {
      open = null;
    }
    if (open == null) {
      open = waiting.poll();
      since = now;
      chosen = null;
      note.clear();
    }
    return open != null;
  }

  /// A key for the question that stands there.
  Optional<Answered> press(Key key, Instant now) {
    var ask = open;
    if (ask == null) {
      return Optional.empty();
    }
    if (key == Key.Named.ESCAPE || key == Key.Named.INTERRUPT) {
      return Optional.of(reply(ask, ask.refusal(), ""));
    }
    if (chosen != null) {
      return noted(ask, chosen, key);
    }
    if (key instanceof Key.Text(var typed) && !now.isBefore(since.plus(NOT_YET))) {
      return ask.choice(typed).flatMap(choice -> chose(ask, choice));
    }
    return Optional.empty();
  }

  /// Who refuses may say what to do instead.
  private Optional<Answered> chose(Ask ask, Ask.Choice choice) {
    if (choice.equals(ask.refusal())) {
      chosen = choice;
      return Optional.empty();
    }
    return Optional.of(reply(ask, choice, ""));
  }

  private Optional<Answered> noted(Ask ask, Ask.Choice choice, Key key) {
    if (key == Key.Named.ENTER) {
      return Optional.of(reply(ask, choice, note.submit().strip()));
    }
    note.press(key);
    return Optional.empty();
  }

  private Answered reply(Ask ask, Ask.Choice choice, String words) {
    open = null;
    var reply = new Ask.Reply(choice, words);
    ask.reply().complete(reply);
    return new Answered(ask, reply);
  }

  /// Nobody is there any more who could answer.
  void refuseAll() {
    if (open != null) {
      waiting.add(open);
    }
    waiting.forEach(ask -> ask.reply().complete(new Ask.Reply(ask.refusal(), "")));
    waiting.clear();
  }

  /// What stands at the bottom of the terminal.
  LiveTail.Contents contents(int columns) {
    var lines = open == null ? List.<String>of() : open.lines();
    var above = new ArrayList<>(lines);
    if (chosen != null) {
      above.add("What should be done instead? Enter for nothing.");
      return new LiveTail.Contents(above, "> ", note.text(), note.cursor());
    }
    var choices = new StringBuilder();
    if (open != null) {
      open.choices()
          .forEach(choice ->
              choices.append(choice.key()).append(' ').append(choice.words()).append("   "));
    }
    return new LiveTail.Contents(above, TerminalText.cut(choices.toString(), columns), "", 0);
  }
}
