package mimo.cli.command.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import mimo.cli.error.ExitCode;
import mimo.cli.testing.Commands;
import mimo.cli.testing.Golden;
import mimo.cli.testing.Histories;
import mimo.cli.testing.ScriptedInspection;
import mimo.cli.testing.ScriptedRuns;
import mimo.engine.journal.SessionEntry;
import org.junit.jupiter.api.Test;

/// What one agent said and did, for people and for programs.
final class StepShowTest {

  private static final Instant AT = Instant.parse("2026-03-01T09:00:00.123Z");

  private static final List<SessionEntry> SESSION =
      List.of(
          entry(
              "session_began",
              "{\"model\":\"test/m\",\"effort\":\"high\",\"tools\":[\"read\",\"grep\"]}"),
          entry(
              "turn_received",
              """
              {"content":[{"reasoning":"Where is it?"},{"text":"I look.\\nFirst here."},\
              {"call":"c1","tool":"read","arguments":"{\\"file_path\\":\\"a.txt\\"}"},\
              {"call":"c2","tool":"grep","arguments":"{\\"pattern\\":\\"x\\"}"}],\
              "finish":"tool_calls","usage":{"input":120,"output":30,"reasoning":4,\
              "cacheRead":100,"cacheWrite":0}}\
              """),
          entry("tool_started", "{\"call\":\"c1\"}"),
          entry("tool_started", "{\"call\":\"c2\"}"),
          entry(
              "tool_result",
              "{\"call\":\"c2\",\"text\":\"no match\",\"status\":\"error\",\"ms\":2}"),
          entry(
              "tool_result",
              "{\"call\":\"c1\",\"text\":\"%s\",\"status\":\"ok\",\"ms\":13}"
                  .formatted("line ".repeat(60))),
          entry("attempt_started", "{\"reason\":\"no progress for 5000 ms\"}"),
          entry(
              "turn_received",
              "{\"content\":[{\"text\":\"It sa\"}],\"finish\":\"length\",\"usage\":{}}"),
          entry("prompted", "{\"text\":\"Continue.\"}"),
          entry("session_ended", "{\"code\":\"max_turns\",\"message\":\"It did not end.\"}"));

  private final Commands mimo =
      new Commands(new ScriptedInspection())
          .over(
              new ScriptedRuns(Histories.completedWithLosses(), List.of(), null)
                  .saying(1, SESSION));

  private static SessionEntry entry(String type, String json) {
    return new SessionEntry(type, json, AT);
  }

  @Test
  void isToldTurnByTurn() {
    assertEquals(ExitCode.OK, mimo.run("runs", "show", "7f3a", "--step", "1"));

    Golden.assertMatches("show-step.txt", mimo.out());
  }

  @Test
  void isWholeForPrograms() {
    assertEquals(ExitCode.OK, mimo.run("runs", "show", "7f3a", "--step", "1", "--json"));

    Golden.assertMatches("show-step.json", mimo.out());
    assertEquals(1, mimo.out().lines().count());
  }

  @Test
  void isALineForEachEntry() {
    mimo.run("runs", "show", "7f3a", "--step", "1", "--format", "stream-json");

    assertEquals(SESSION.size(), mimo.out().lines().count());
    assertEquals(
        "{\"number\":3,\"time\":\"2026-03-01T09:00:00.123Z\",\"type\":\"tool_started\","
            + "\"data\":{\"call\":\"c1\"}}",
        mimo.out().lines().toList().get(2));
  }

  @Test
  void aStepWithoutAnAgentSaysNothing() {
    assertEquals(ExitCode.OK, mimo.run("runs", "show", "7f3a", "--step", "2"));

    assertTrue(mimo.out().endsWith("\n  Nothing was said here.\n"), mimo.out());
  }

  @Test
  void aCallWithoutAnAnswerIsToldToo() {
    var cutOff =
        new Commands(new ScriptedInspection())
            .over(
                new ScriptedRuns(Histories.completedWithLosses(), List.of(), null)
                    .saying(1, SESSION.subList(0, 5)));

    cutOff.run("runs", "show", "7f3a", "--step", "1");

    assertTrue(
        cutOff.out().endsWith("\n         no match\n  calls  read a.txt  no answer\n"),
        cutOff.out());
  }

  @Test
  void aStepThatIsNotThereIsAnError() {
    assertEquals(ExitCode.USAGE, mimo.run("runs", "show", "7f3a", "--step", "99"));

    assertTrue(mimo.err().contains("step_unknown: run 7f3a00000001 has no step 99"), mimo.err());
  }
}
