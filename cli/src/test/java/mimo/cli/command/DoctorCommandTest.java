package mimo.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import mimo.cli.command.Inspection.Network;
import mimo.cli.doctor.Finding;
import mimo.cli.doctor.Finding.Verdict;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.Terminal.Channel;
import mimo.cli.testing.Commands;
import mimo.cli.testing.ScriptedInspection;
import org.junit.jupiter.api.Test;

final class DoctorCommandTest {

  private static final Finding GOOD = new Finding("java", Verdict.OK, "JDK 25", "");
  private static final Finding SLOW =
      new Finding("program", Verdict.WARN, "no cache", "mimo install builds it.");
  private static final Finding BAD =
      new Finding("store", Verdict.FAIL, "a\u001b[2Jb", "free some space.");

  private final ScriptedInspection inspection = new ScriptedInspection();

  @Test
  void passesWhereNothingFails() {
    var mimo = new Commands(inspection.findings(List.of(GOOD, SLOW)));

    assertEquals(ExitCode.OK, mimo.run("doctor"));

    assertEquals(
        """
        java     ok    JDK 25
        program  warn  no cache
                       → mimo install builds it.
        """,
        mimo.out());
    assertEquals("mimo: 1 ok, 1 to look at, 0 failed\n", mimo.err());
    assertEquals(List.of(Network.THIS_MACHINE), inspection.asked());
  }

  @Test
  void failsWhereSomethingDoesNotWork() {
    var mimo = new Commands(inspection.findings(List.of(GOOD, BAD)), Channel.TERMINAL);

    assertEquals(ExitCode.FAILURE, mimo.run("doctor", "--online"));

    assertEquals(
        """
        java     \u001b[32mok    \u001b[0mJDK 25
        store    \u001b[31mfail  \u001b[0ma␛[2Jb
                       → free some space.
        """,
        mimo.out());
    assertEquals(List.of(Network.PROVIDER), inspection.asked());
  }

  @Test
  void tellsTheSameAsJson() { // L124
    var mimo = new Commands(inspection.findings(List.of(GOOD, BAD)));

    assertEquals(ExitCode.FAILURE, mimo.run("doctor", "--json"));
    assertEquals(ExitCode.FAILURE, mimo.run("doctor", "--format", "stream-json"));

    var good = "{\"area\":\"java\",\"verdict\":\"ok\",\"what\":\"JDK 25\"}";
    var bad =
        "{\"area\":\"store\",\"verdict\":\"fail\",\"what\":\"a\\u001B[2Jb\",\"remedy\":\"free some"
            + " space.\"}";
    assertEquals(
        "{\"v\":1,\"ok\":false,\"findings\":["
            + good
            + ","
            + bad
            + "]}\n"
            + good
            + "\n"
            + bad
            + "\n",
        mimo.out());
    assertEquals("", mimo.err());
  }
}
