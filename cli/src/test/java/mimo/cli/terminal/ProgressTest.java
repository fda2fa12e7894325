package mimo.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mimo.agent.AgentEvent;
import mimo.agent.provider.TokenUsage;
import mimo.cli.terminal.Terminal.Channel;
import mimo.cli.testing.Golden;
import mimo.cli.testing.Histories;
import mimo.cli.testing.Screen;
import mimo.cli.testing.ScriptedRuns;
import mimo.cli.testing.TestStreams;
import mimo.engine.RecordedEvent;
import mimo.engine.RunEvent;
import mimo.engine.RunId;
import mimo.engine.StepKind;
import org.junit.jupiter.api.Test;

final class ProgressTest {

  private static final RunId RUN = ScriptedRuns.RUN;
  private static final Instant NOW = Instant.parse("2026-11-22T17:10:50Z");

  private final InstantSource clock = InstantSource.fixed(NOW);
  private final RunBoard board = new RunBoard(clock);
  private final TestStreams streams = new TestStreams();

  @Test
  void writesALineForWhatHappened() {
    try (var progress = plain()) {
      play(progress, Histories.completedWithLosses());
      progress.heard(RUN, 2, new AgentEvent.Notice("model_alias", "haiku is not\nmapped"));
    }

    Golden.assertMatches("progress-plain.txt", streams.err());
    assertEquals("", streams.out());
  }

  @Test
  void drawsPhasesAgentsAndTotalsInsideTheWindow() {
    busyRun();

    var wide = view(100, 40);
    var narrow = view(30, 40);
    var low = view(60, 4);

    Golden.assertMatches("progress-live.txt", String.join("\n", wide) + "\n");
    Golden.assertMatches("progress-narrow.txt", String.join("\n", narrow) + "\n");
    assertTrue(narrow.stream().allMatch(line -> line.length() <= 30), narrow.toString());
    assertEquals(4, low.size());
    assertEquals("14 agents, 1 lost, 300 tokens in, 120 out, offline: simulated", wide.getLast());
  }

  @Test
  void staysInsideAnyWindowWhateverItsSize() {
    busyRun();

    for (int width = 1; width <= 120; width++) {
      for (var line : view(width, 12)) {
        assertTrue(
            line.codePointCount(0, line.length()) <= width, width + " characters: '" + line + "'");
      }
    }
  }

  @Test
  void erasesWhatWasTemporaryAndKeepsWhatScrolledBy() throws InterruptedException {
    var painted = new CountDownLatch(1);
    var progress =
        new LiveProgress(
                board,
                streams.terminal(Channel.PIPE, Channel.TERMINAL).err(),
                Style.PLAIN,
                clock,
                () -> {
                  painted.countDown();
                  return new WindowSize(80, 24);
                })
            .start();

    play(progress, Histories.completedWithLosses());
    assertTrue(painted.await(10, TimeUnit.SECONDS), "nothing was painted");
    progress.close();

    assertEquals(
        List.of(
            "run 7f3a00000001",
            "lost style  timeout: the agent did not end within 60 s",
            "lost agent 4  max_turns: 200 turns without an answer",
            "1 of 3 answered"),
        new Screen().show(streams.err()));
    assertTrue(streams.err().endsWith("\u001b[?7h\u001b[?25h"), "wrap and cursor are back on");
  }

  @Test
  void letsNoControlCharacterOfALabelReachTheTerminal() {
    board.recorded(at(1, scheduled(1, "\u001b]0;evil\u0007\u009b2J", "\u001b[31mPhase")));
    board.stepStarted(RUN, 1);
    board.heard(RUN, 1, new AgentEvent.ToolStart("c", "re\u001bad", "{\"path\":\"\\u001b[2J\"}"));

    var text = String.join("", view(100, 20));

    assertFalse(
        text.contains("\u001b") || text.contains("\u0007") || text.contains("\u009b"), text);
  }

  private PlainProgress plain() {
    return new PlainProgress(
        board, streams.terminal(Channel.PIPE, Channel.PIPE).err(), Style.PLAIN);
  }

  private List<String> view(int width, int height) {
    return new BoardView(Style.PLAIN)
        .lines(board.state(), NOW.minus(Duration.ofSeconds(75)), NOW, width, height);
  }

  /// Fourteen agents: ten at work in the second phase, two waiting, one done, one lost.
  private void busyRun() {
    board.recorded(at(1, new RunEvent.Started("review", "{}", "{}", NOW.minusSeconds(75))));
    board.recorded(at(2, new RunEvent.PhaseEntered("Find")));
    for (int seq = 1; seq <= 2; seq++) {
      board.recorded(at(2 + seq, scheduled(seq, "finder " + seq, "Find")));
    }
    board.recorded(
        at(
            5,
            new RunEvent.StepCompleted(
                1, "1", Map.of("input_tokens", 300L, "output_tokens", 120L), "{}")));
    board.recorded(at(6, new RunEvent.StepFailed(2, "timeout", "too slow", Map.of(), "{}")));
    board.recorded(at(7, new RunEvent.PhaseEntered("Verify every single finding")));
    for (int seq = 3; seq <= 14; seq++) {
      board.recorded(at(5 + seq, scheduled(seq, "check " + seq, "Verify every single finding")));
    }
    for (int seq = 3; seq <= 12; seq++) {
      board.stepStarted(RUN, seq);
      board.heard(RUN, seq, new AgentEvent.AgentStart("offline/scripted"));
      board.heard(RUN, seq, new AgentEvent.StepStart(1));
    }
    board.heard(
        RUN,
        3,
        new AgentEvent.StepEnd(1, AgentEvent.Status.OK, new TokenUsage(5_000, 1_234, 0, 0)));
    board.heard(
        RUN,
        3,
        new AgentEvent.ToolStart("c1", "read", "{\"path\":\"src/main/Parser.java\",\"limit\":20}"));
  }

  private static RecordedEvent at(long number, RunEvent event) {
    return new RecordedEvent(RUN, 0, number, NOW, event);
  }

  private static RunEvent scheduled(int seq, String label, String phase) {
    return new RunEvent.StepScheduled(seq, StepKind.AGENT, label, phase, "", null);
  }

  private static void play(Progress progress, List<RunEvent> events) {
    for (int i = 0; i < events.size(); i++) {
      progress.recorded(at(i + 1L, events.get(i)));
    }
  }
}
