package mimo.cli.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import mimo.agent.AgentEvent;
import mimo.cli.terminal.Audience;
import mimo.cli.terminal.GateWords;
import mimo.cli.terminal.Progress;
import mimo.cli.terminal.Terminal;
import mimo.cli.terminal.TerminalText;
import mimo.engine.AnswerReceipt;
import mimo.engine.GateAnswer;
import mimo.engine.RecordedEvent;
import mimo.engine.RunId;
import mimo.engine.Standstill;
import org.jspecify.annotations.Nullable;

/// Sits at a terminal while a run can do nothing but wait: puts its questions to whoever is there,
/// one at a time, and lets him leave (A83). Thread-safe; one thread of its own does the talking.
final class Attendant implements Audience, AutoCloseable {

  private static final String LEAVE = "d";

  private final Terminal terminal;
  private final BufferedReader input;
  private final Progress progress;
  private final String who;
  private final BlockingQueue<Word> heard = new LinkedBlockingQueue<>();
  private @Nullable Thread thread;
  private @Nullable Thread reader;
  private Standstill.Cause.@Nullable Answer asking;

  /// Something that happened, from the run or from the keyboard.
  private sealed interface Word {
    record Rests(Standstill standstill) implements Word {}

    record Typed(String line) implements Word {}

    record Gone() implements Word {}
  }

  /// @param input what is typed
  /// @param who sits there
  Attendant(Terminal terminal, BufferedReader input, Progress progress, String who) {
    this.terminal = terminal;
    this.input = input;
    this.progress = progress;
    this.who = who;
  }

  @Override
  public void rests(RunId run, Standstill standstill) {
    heard.add(new Word.Rests(standstill));
  }

  @Override
  public void recorded(RecordedEvent event) {}

  @Override
  public void stepStarted(RunId run, int seq) {}

  @Override
  public void heard(RunId run, int seq, AgentEvent event) {}

  /// Begins to talk.
  Attendant attend(Runs.Running run) {
    thread = Thread.ofVirtual().name("attendant").start(() -> talk(run));
    return this;
  }

  private void talk(Runs.Running run) {
    try {
      while (true) {
        switch (heard.take()) {
          case Word.Rests(var standstill) -> show(standstill);
          case Word.Typed(var line) -> take(run, line.strip());
          case Word.Gone() -> run.detach();
        }
      }
    } catch (InterruptedException e) {
      // The run has ended, and with it the talk.
      progress.release();
    }
  }

  private void show(Standstill standstill) {
    var next = question(standstill).orElse(null);
    if (!standstill.causes().isEmpty()) {
      listen();
    }
    if (next == null) {
      asking = null;
      progress.release();
    } else if (asking == null || asking.seq() != next.seq()) {
      asking = next;
      progress.hold();
      ask(next);
    }
  }

  private static Optional<Standstill.Cause.Answer> question(Standstill standstill) {
    return standstill.causes().stream()
        .filter(Standstill.Cause.Answer.class::isInstance)
        .map(Standstill.Cause.Answer.class::cast)
        .min(java.util.Comparator.comparingInt(Standstill.Cause::seq));
  }

  private void ask(Standstill.Cause.Answer cause) {
    words(cause).lines().forEach(this::say);
    terminal.err().print("> ");
    terminal.err().flush();
  }

  private static GateWords words(Standstill.Cause.Answer cause) {
    var gate = cause.gate();
    return new GateWords(gate.question(), gate.schema(), gate.fallback());
  }

  private void take(Runs.Running run, String line) {
    var cause = asking;
    if (line.equals(LEAVE)) {
      run.detach();
    } else if (cause != null) {
      var meaning = words(cause).meaning(line);
      var answer = new GateAnswer(meaning, who, "terminal");
      switch (run.answer(cause.seq(), answer)) {
        case AnswerReceipt.Taken(), AnswerReceipt.NoGate() -> {}
        case AnswerReceipt.Misfit(var why) -> {
          say(words(cause).misfit(meaning).orElse(why));
          ask(cause);
        }
        case AnswerReceipt.Late(var first) -> say("answered already: " + first.value());
      }
    }
  }

  private void say(String line) {
    terminal.err().print(TerminalText.visible(line) + "\n");
  }

  /// A line that is waited for cannot be taken back, so nobody reads before there is a need.
  private void listen() {
    if (reader == null) {
      reader = Thread.ofPlatform().daemon().name("mimo-keyboard").start(this::read);
    }
  }

  private void read() {
    try {
      for (var line = input.readLine(); line != null; line = input.readLine()) {
        heard.add(new Word.Typed(line));
      }
      heard.add(new Word.Gone());
    } catch (IOException e) {
      heard.add(new Word.Gone());
    }
  }

  @Override
  public void close() {
    if (thread != null) {
      thread.interrupt();
    }
  }
}
