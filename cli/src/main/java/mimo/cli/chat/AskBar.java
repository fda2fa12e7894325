package mimo.cli.chat;

import java.time.Duration;
import java.time.Instant;
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

  /// Whether a question stands there.
  boolean isOpen() {
    return open != null;
  }

  /// The next question, if none stands there; from now on it does.
  Optional<Ask> next(Instant now) {
    if (open != null && open.reply().isDone()) {
      open = null;
    }
    if (open != null) {
      return Optional.empty();
    }
    open = waiting.poll();
    since = now;
    chosen = null;
    note.clear();
    return Optional.ofNullable(open);
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
    if (now.isBefore(since.plus(NOT_YET))) {
      // Who is in the middle of a word goes on with it: only after a rest is a key an answer.
      since = now;
      return Optional.empty();
    }
    return key instanceof Key.Text(var typed)
        ? ask.choice(typed).flatMap(choice -> chose(ask, choice))
        : Optional.empty();
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

  /// What stands at the bottom of the terminal: what can be answered. What is asked has been
  /// printed, however long it is.
  LiveTail.Contents contents(int columns) {
    if (chosen != null) {
      var above = List.of("What should be done instead? Enter for nothing.");
      return new LiveTail.Contents(above, "> ", note.text(), note.cursor());
    }
    var choices = new StringBuilder();
    if (open != null) {
      open.choices()
          .forEach(choice ->
              choices.append(choice.key()).append(' ').append(choice.words()).append("   "));
    }
    var line = TerminalText.cut(choices.toString(), columns);
    return new LiveTail.Contents(List.of(), line, "", 0);
  }
}
