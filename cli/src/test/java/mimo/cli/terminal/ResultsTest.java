package mimo.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import mimo.agent.AgentEvent;
import mimo.agent.message.Message;
import mimo.agent.provider.TokenUsage;
import mimo.cli.error.ErrorTable;
import mimo.cli.error.Failure;
import mimo.cli.terminal.Terminal.Channel;
import mimo.cli.testing.Golden;
import mimo.cli.testing.Histories;
import mimo.cli.testing.ScriptedRuns;
import mimo.cli.testing.TestStreams;
import mimo.engine.ParkReason;
import mimo.engine.RunEvent;
import mimo.engine.RunResult;
import org.junit.jupiter.api.Test;

final class ResultsTest {

  private static final ErrorTable TABLE = ErrorTable.load();
  private static final String SOURCE = "const a = 1;\nif (answr) return a;\n";

  private final TestStreams streams = new TestStreams();

  @Test
  void printsAStringAsItIsAndNothingElseToStdout() {
    print(completed("\"# Map\\n\\ntext\\u001b[0m\""), Format.TEXT, Channel.PIPE);

    assertEquals("# Map\n\ntext\u001b[0m\n", streams.out());
  }

  @Test
  void protectsATerminalFromTheResult() {
    print(completed("\"text\\u001b[2J\\n\""), Format.TEXT, Channel.TERMINAL);

    assertEquals("text␛[2J\n", streams.out());
  }

  @Test
  void laysAnyOtherValueOutKeepingItsNumbers() {
    print(completed("{\"b\":[1.10,1e400,[]],\"a\":{},\"n\":null}"), Format.TEXT, Channel.PIPE);

    assertEquals(
        """
        {
          "b": [
            1.10,
            1e400,
            []
          ],
          "a": {},
          "n": null
        }
        """,
        streams.out());
  }

  @Test
  void printsLossesByPhaseAndReason() {
    print(
        Outcome.of(Histories.completedResult(), false, _ -> SOURCE), Format.TEXT, Channel.TERMINAL);

    Golden.assertMatches("losses.txt", streams.err());
  }

  @Test
  void saysThatNoAgentWasStarted() {
    printer(Format.TEXT, Channel.PIPE).print(completed("1"), 0);

    assertEquals("run 7f3a00000001 completed: no agent was started\n", streams.err());
  }

  @Test
  void printsOneObjectThatHoldsEverything() {
    print(Outcome.of(Histories.completedResult(), true, _ -> SOURCE), Format.JSON, Channel.PIPE);
    print(Outcome.of(Histories.failedResult(), false, _ -> SOURCE), Format.JSON, Channel.PIPE);
    print(
        Outcome.of(new Failure("script_missing", "there is no file /x/a.js", null, null, null)),
        Format.STREAM_JSON,
        Channel.PIPE);

    Golden.assertMatches("outcome.jsonl", streams.out());
  }

  @Test
  void showsAnErrorWithItsPlaceTheLineAndTheRemedy() {
    print(Outcome.of(Histories.failedResult(), false, _ -> SOURCE), Format.TEXT, Channel.PIPE);

    Golden.assertMatches("error-script.txt", streams.err());
    assertEquals("", streams.out());
  }

  @Test
  void showsANameThatIsNotInTheTableAsADefectWithThatName() {
    var lines =
        new ErrorPrinter(TABLE, Style.PLAIN)
            .lines(new Failure("brand_new", "odd\u001b[0m", null, null, null));

    assertEquals("MIMO-900 internal: brand_new: odd␛[0m", lines.getFirst());
  }

  @Test
  void tellsHowToResumeAnInterruptedRun() {
    var result =
        new RunResult.Interrupted(
            ScriptedRuns.RUN, "interrupted", "stopped by the user", List.of(), Map.of());

    print(Outcome.of(result, false, _ -> null), Format.TEXT, Channel.PIPE);

    assertTrue(streams.err().contains("→ mimo runs resume 7f3a00000001\n"), streams.err());
  }

  @Test
  void tellsWhatAParkedRunWaitsForAndHowToResumeItL123() {
    var keyless = Histories.parkedResult(ParkReason.PROVIDER, "no_key");
    print(Outcome.of(keyless, false, _ -> SOURCE), Format.TEXT, Channel.PIPE);
    print(Outcome.of(keyless, false, _ -> SOURCE), Format.JSON, Channel.PIPE);

    Golden.assertMatches("parked.txt", streams.err());
    Golden.assertMatches("parked.jsonl", streams.out());
  }

  @Test
  void tellsHowToResumeAParkedRunOnceOnly() {
    var refused = Histories.parkedResult(ParkReason.PROVIDER, "provider_access");

    print(Outcome.of(refused, false, _ -> SOURCE), Format.TEXT, Channel.PIPE);

    assertEquals(
        """
        MIMO-201 provider_access: openai said so.
        → check the key, then: mimo runs resume 7f3a00000001
        run 7f3a00000001 parked: 3 agents, 14.2k tokens in, 812 out, $0.0314
        """,
        streams.err());
  }

  @Test
  void tellsAParkedRunFromItsEventsL123() {
    Golden.assertMatches("show-parked.txt", report(Histories.parked(), "parked"));
    printer(Format.JSON, Channel.PIPE)
        .printObject(Outcome.told(ScriptedRuns.RUN, "parked", Histories.parked()));
    var stream = new EventStream(streams.terminal(Channel.PIPE, Channel.PIPE), later(0));
    stream.recorded(ScriptedRuns.at(11, Histories.parked().get(10)));
    stream.recorded(ScriptedRuns.at(12, Histories.parked().getLast()));

    Golden.assertMatches("show-parked.jsonl", streams.out());
  }

  @Test
  void tellsAWholeRunFromItsEvents() {
    Golden.assertMatches(
        "show-completed.txt", report(Histories.completedWithLosses(), "completed"));
    Golden.assertMatches("show-interrupted.txt", report(Histories.interrupted(), "interrupted"));
    Golden.assertMatches("show-failed.txt", report(Histories.failed(), "failed"));
  }

  @Test
  void writesEachEventOfARunOnALineEqualLiveAndLater() {
    var live = new EventStream(streams.terminal(Channel.PIPE, Channel.PIPE), later(0));
    var reread = new TestStreams();
    var again = new EventStream(reread.terminal(Channel.PIPE, Channel.PIPE), later(9_000));

    for (var stream : List.of(live, again)) {
      long number = 0;
      for (var event : Histories.completedWithLosses()) {
        stream.recorded(ScriptedRuns.at(++number, event));
      }
    }

    Golden.assertMatches("events.jsonl", streams.out());
    assertEquals(streams.out(), reread.out());
  }

  @Test
  void marksWhatAgentsDoInBetweenAsEphemeral() {
    var stream = new EventStream(streams.terminal(Channel.PIPE, Channel.PIPE), later(0));
    var ok = AgentEvent.Status.OK;
    var usage = new TokenUsage(10, 5, 1, 2);

    stream.stepStarted(ScriptedRuns.RUN, 2);
    for (var event :
        List.of(
            new AgentEvent.AgentStart("openai/gpt-5"),
            new AgentEvent.StepStart(1),
            new AgentEvent.ReasoningStart(),
            new AgentEvent.ReasoningDelta("hm"),
            new AgentEvent.ReasoningEnd("hm", ok),
            new AgentEvent.TextStart(),
            new AgentEvent.TextDelta("a\nb"),
            new AgentEvent.TextEnd("a\nb", ok),
            new AgentEvent.ToolStart("c1", "read", "{\"path\":"),
            new AgentEvent.ToolEnd(
                "c1",
                "read",
                new Message.ToolAnswer("c1", "text", Message.Status.ERROR),
                AgentEvent.Status.ERROR,
                Duration.ofMillis(7)),
            new AgentEvent.PermissionStart("c2", "bash", "bash = ask (built in)"),
            new AgentEvent.PermissionEnd(
                "c2", AgentEvent.Outcome.ALLOWED_ONCE, "bash = ask (built in)"),
            new AgentEvent.RetryStart("429", Duration.ofMillis(500)),
            new AgentEvent.RetryEnd("429", Duration.ofMillis(501)),
            new AgentEvent.Notice("model_alias", "haiku is not mapped"),
            new AgentEvent.StepEnd(1, ok, usage),
            new AgentEvent.AgentEnd(ok, usage))) {
      stream.heard(ScriptedRuns.RUN, 2, event);
    }

    Golden.assertMatches("agent-events.jsonl", streams.out());
  }

  @Test
  void readsAReportWhateverItHolds() {
    assertEquals(new StepReport("", false, 0, List.of()), StepReport.parse("{}"));
    assertEquals(new StepReport("", false, 0, List.of()), StepReport.parse("[1]"));
    assertEquals(new StepReport("", false, 0, List.of()), StepReport.parse("no json"));
    assertEquals(
        new StepReport("m", true, 3, List.of(new StepReport.ToolUse("t", "", "", 0))),
        StepReport.parse(
            "{\"offline\":true,\"x\":{\"tools\":[1]},\"tools\":[{\"tool\":\"t\",\"y\":{}}],"
                + "\"model\":\"m\",\"turns\":3}"));
    assertEquals(
        new StepReport("m", false, 0, List.of()),
        StepReport.parse("{\"tools\":7,\"model\":\"m\"}"));
  }

  private static String report(List<RunEvent> events, String status) {
    var lines = new RunReport(ScriptedRuns.RUN, status, events, Style.PLAIN, TABLE).lines();
    return String.join("\n", lines) + "\n";
  }

  private static InstantSource later(long millis) {
    return InstantSource.fixed(Instant.parse("2026-11-22T17:10:43Z").plusMillis(millis));
  }

  private static Outcome completed(String value) {
    return Outcome.of(
        new RunResult.Completed(ScriptedRuns.RUN, value, List.of(), Map.of()), false, _ -> SOURCE);
  }

  private void print(Outcome outcome, Format format, Channel out) {
    printer(format, out).print(outcome, 3);
  }

  private ResultPrinter printer(Format format, Channel out) {
    return new ResultPrinter(streams.terminal(out, Channel.PIPE), format, Style.PLAIN, TABLE);
  }
}
