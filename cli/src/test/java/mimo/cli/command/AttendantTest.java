package mimo.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import mimo.cli.terminal.PlainProgress;
import mimo.cli.terminal.RunBoard;
import mimo.cli.terminal.Style;
import mimo.cli.terminal.Terminal;
import mimo.cli.terminal.Terminal.Channel;
import mimo.engine.AnswerReceipt;
import mimo.engine.Gate;
import mimo.engine.GateAnswer;
import mimo.engine.RunId;
import mimo.engine.RunResult;
import mimo.engine.Standstill;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whoever sits at the terminal while a run can only wait (D52, A83).
@Timeout(60)
final class AttendantTest {

  private static final RunId RUN = new RunId("0123456789ab");

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(shown, true, StandardCharsets.UTF_8);
  private final Waiting run = new Waiting();

  /// A run that takes "blue" alone, and remembers what it was told.
  private static final class Waiting implements Runs.Running {
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @Override
    public AnswerReceipt answer(int seq, GateAnswer answer) {
      told.add(seq + " " + answer.value() + " by " + answer.who());
      return answer.value().equals("\"blue\"")
          ? new AnswerReceipt.Taken()
          : new AnswerReceipt.Misfit("that is none of them");
    }

    @Override
    public void detach() {
      told.add("detached");
    }

    @Override
    public RunId id() {
      return RUN;
    }

    @Override
    public String source(String file) {
      return "";
    }

    @Override
    public RunResult await() {
      return new RunResult.Completed(RUN, "1", List.of(), Map.of());
    }

    @Override
    public Optional<Path> document() {
      return Optional.empty();
    }

    @Override
    public void pause() {}

    @Override
    public void close() {}
  }

  private Attendant attendant(String typed) {
    var input = new BufferedReader(new StringReader(typed));
    var terminal = new Terminal(err, Channel.PIPE, err, Channel.TERMINAL, input);
    var board = new RunBoard(java.time.InstantSource.system());
    return new Attendant(terminal, input, new PlainProgress(board, err, Style.PLAIN), "ada")
        .attend(run);
  }

  private static Standstill asking() {
    var gate =
        new Gate("Which?", "{\"enum\":[\"red\",\"blue\"]}", null, null, Gate.Unattended.WAITS);
    return new Standstill(List.of(new Standstill.Cause.Answer(3, "ask Which?", gate, null)));
  }

  @Test
  void asksAgainUntilAnAnswerFitsAndLeavesWhenTheKeyboardIsGone() throws InterruptedException {
    try (var attendant = attendant("green\n2\n")) {
      attendant.rests(RUN, asking());

      assertEquals("3 \"green\" by ada", run.told.take());
      assertEquals("3 \"blue\" by ada", run.told.take());
      assertEquals("detached", run.told.take());
    }
    var question = "Which?\n  1  red\n  2  blue\na number or the words; d leaves it for later\n> ";
    assertEquals(
        question + "that is none of them\n" + question, shown.toString(StandardCharsets.UTF_8));
  }

  @Test
  void leavesTheRunToItselfD52() throws InterruptedException {
    try (var attendant = attendant("d\n")) {
      attendant.rests(RUN, asking());

      assertEquals("detached", run.told.take());
    }
  }
}
