package mimo.cli.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mimo.engine.Loss;
import mimo.engine.ParkReason;
import mimo.engine.RunEvent;
import mimo.engine.RunResult;
import mimo.engine.SourcePosition;
import mimo.engine.StepKind;

/// Runs as their events tell them, for tests that show them.
public final class Histories {

  private static final Instant BEGAN = Instant.parse("2026-11-22T17:10:43.120Z");
  private static final Map<String, Long> USAGE =
      Map.of("input_tokens", 14_200L, "output_tokens", 812L, "cost_micro_usd", 31_400L);
  private static final String REPORT =
      """
      {"model":"openai/gpt-5","turns":2,"later":{"x":[1]},"tools":[
        {"tool":"glob","input":"{\\"pattern\\":\\"**/*.java\\"}","status":"ok","ms":3},
        {"tool":"read","input":"src/\\u001b[31mA.java","status":"error","ms":12,"more":[]}],
       "lastText":"done"}\
      """;
  private static final List<Loss> LOSSES =
      List.of(new Loss(3, "style", "Find", "timeout"), new Loss(4, "", "", "max_turns"));

  private Histories() {}

  /// A run with two phases, a tool-using agent, two lost agents and a log line.
  public static List<RunEvent> completedWithLosses() {
    return List.of(
        new RunEvent.Started("review", "{\"path\":\"src\"}", "{\"model\":null}", BEGAN),
        new RunEvent.PhaseEntered("Find"),
        scheduled(1, StepKind.FILE, "", "Find"),
        new RunEvent.StepCompleted(1, "[\"src/A.java\"]", Map.of(), "{}"),
        new RunEvent.Delivered(List.of(1), BEGAN.plusMillis(40), 0),
        scheduled(2, StepKind.AGENT, "bugs", "Find"),
        scheduled(3, StepKind.AGENT, "style", "Find"),
        scheduled(4, StepKind.AGENT, "", ""),
        new RunEvent.StepSpent(3, Map.of("input_tokens", 90L)),
        new RunEvent.StepCompleted(2, "\"none \\u001b[2J\"", USAGE, REPORT),
        new RunEvent.StepFailed(
            3, "timeout", "the agent did not end within 60 s", Map.of("input_tokens", 90L), "{}"),
        new RunEvent.StepFailed(4, "max_turns", "200 turns without an answer", Map.of(), "{}"),
        new RunEvent.Delivered(List.of(2, 3, 4), BEGAN.plusSeconds(63), 812),
        new RunEvent.LogWritten("1 of 3 answered"),
        new RunEvent.PhaseEntered("Report"),
        new RunEvent.Ended(
            RunEvent.Status.COMPLETED,
            "{\"bugs\":[],\"note\":\"none\"}",
            null,
            null,
            null,
            LOSSES,
            USAGE,
            BEGAN.plusSeconds(64)));
  }

  /// The same run before its end: one agent never answered.
  public static List<RunEvent> interrupted() {
    return completedWithLosses().subList(0, 10);
  }

  /// The same run, parked because the third agent's key was refused.
  public static List<RunEvent> parked() {
    var events = new ArrayList<>(interrupted());
    events.add(new RunEvent.Resumed(BEGAN.plusSeconds(5), 2));
    events.add(
        new RunEvent.Parked(
            ParkReason.PROVIDER,
            "provider_credit",
            "openai has no credit left (402): top up.",
            null,
            BEGAN.plusSeconds(9)));
    return List.copyOf(events);
  }

  public static RunResult parkedResult(ParkReason reason, String code) {
    return new RunResult.Parked(ScriptedRuns.RUN, reason, code, "openai said so.", null, USAGE);
  }

  /// A run whose script threw.
  public static List<RunEvent> failed() {
    return List.of(
        new RunEvent.Started("review", "null", "{}", BEGAN),
        new RunEvent.Ended(
            RunEvent.Status.FAILED,
            null,
            "script_error",
            "ReferenceError: answr is not defined",
            new SourcePosition("review.js", 2, 5),
            List.of(),
            Map.of(),
            BEGAN.plusMillis(20)));
  }

  public static RunResult completedResult() {
    return new RunResult.Completed(
        ScriptedRuns.RUN, "{\"bugs\":[],\"note\":\"none\"}", LOSSES, USAGE);
  }

  public static RunResult failedResult() {
    return new RunResult.Failed(
        ScriptedRuns.RUN,
        "script_error",
        "ReferenceError: answr is not defined",
        new SourcePosition("review.js", 2, 5),
        List.of(),
        Map.of());
  }

  private static RunEvent scheduled(int seq, StepKind kind, String label, String phase) {
    return new RunEvent.StepScheduled(
        seq, kind, label, phase, "", new SourcePosition("review.js", 10 + seq, 7));
  }
}
