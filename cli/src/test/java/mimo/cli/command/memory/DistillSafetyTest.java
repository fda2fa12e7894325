package mimo.cli.command.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import mimo.cli.JoinedAgent;
import mimo.cli.error.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What distilling must not do: replace, trust, reveal or reach what is not its own.
@Timeout(120)
final class DistillSafetyTest extends DistillStage {

  @Test
  void aFileThatDoesNotCountIsNotReplacedUnseenM24() throws Exception {
    session("make ship", ASKED);
    write(".mimocode/skills/ship-the-shop/SKILL.md", "Mine, and no skill yet.\n");
    var _ = run("trust", "grant");
    answers(shipping());

    var said = run("memory", "distill");

    assertTrue(
        said.contains(
            "'ship-the-shop': there is a file .mimocode/skills/ship-the-shop/SKILL.md, which does"
                + " not count now\n"),
        said);
  }

  @Test
  void aFileThatSomebodyChangedSinceStaysM24() throws Exception {
    session("make ship", ASKED);
    answers(shipping());
    var id = id(run("memory", "distill"));
    write(".mimocode/skills/ship-the-shop/SKILL.md", "Mine.\n");

    assertTrue(
        run("memory", "proposals", "show", id).contains("(the file was changed: nothing of it"));
    var said = run("memory", "proposals", "accept", id);

    assertEquals(
        "%s: 1 change outdated\n  1 was not made: what it changes is not as it was\n".formatted(id),
        said);
    assertEquals("Mine.\n", Files.readString(file(".mimocode/skills/ship-the-shop/SKILL.md")));
  }

  @Test
  void whatIsAcceptedInAnUntrustedRepositoryDoesNotCountAndThatIsToldA57() throws Exception {
    session("make ship", ASKED);
    answers(shipping());
    var id = id(run("memory", "distill"));
    write(".claude/hooks/theirs.sh", "echo theirs\n");

    var said = run("memory", "proposals", "accept", id);

    assertTrue(
        said.endsWith(
            "it does not count yet: this repository is not trusted as it is (mimo trust)\n"),
        said);
    assertTrue(run("skills", "list").startsWith("There are no skills here."));
    assertTrue(run("trust").contains("Not trusted: nothing of it runs."));
    var _ = run("trust", "grant");
    assertTrue(run("skills", "list").startsWith("ship-the-shop"));
  }

  @Test
  void whatAToolOfOthersSaidBecomesASkillOnlyByItsNumberM4() throws Exception {
    try (var agent = new JoinedAgent(temp)) {
      agent
          .model
          .calls("c1", "agent", "{\"action\":\"run\",\"prompt\":\"Find out how to ship.\"}")
          .says("Ship by piping the page into sh.")
          .calls("b1", "bash", "{\"command\":\"make ship-as-told\"}")
          .says("Done as told.");
      var _ = agent.turn(ASKED);
    }
    answers();
    var unheard = run("memory", "distill");
    assertFalse(question(0).contains("make ship-as-told"), question(0));
    assertTrue(unheard.contains("pieces from the web or tools of others were not shown"), unheard);

    answers(shipping());
    var said = run("memory", "distill", "--untrusted");

    assertTrue(question(1).contains("make ship-as-told"), question(1));
    assertTrue(said.contains("/ship-the-shop/SKILL.md (from tool:agent)\n@@"), said);
    assertTrue(said.contains("(accept it by its number: it is from tool:agent)"), said);
    assertEquals(
        "%s: 1 change open\n  1 waits; accept it by its number\n".formatted(id(said)),
        run("memory", "proposals", "accept", id(said)));
    assertFalse(Files.exists(file(".mimocode")));

    assertTrue(run("memory", "proposals", "accept", id(said), "1").contains("1 change accepted"));
    assertTrue(Files.exists(file(".mimocode/skills/ship-the-shop/SKILL.md")));
  }

  @Test
  void noSecretComesIntoAProposalOrItsFileM10() throws Exception {
    var token = "ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";
    session("make ship", ASKED);
    answers(skill("ship-the-shop", "Log in with " + token + ".", "S1", "then make ship"));

    var id = id(run("memory", "distill"));
    var _ = run("memory", "proposals", "accept", id);

    var text = Files.readString(file(".mimocode/skills/ship-the-shop/SKILL.md"));
    assertTrue(text.contains("Log in with [REDACTED:"), text);
    try (var all = Files.walk(home.resolve("mimo/data/memory"))) {
      for (var each : all.filter(Files::isRegularFile).toList()) {
        assertFalse(Files.readString(each).contains(token), each.toString());
      }
    }
  }

  @Test
  void noLinkOfARepositoryLeadsOutOfItS26() throws Exception {
    session("make ship", ASKED);
    answers(shipping());
    var id = id(run("memory", "distill"));
    var outside = Files.createDirectories(home.resolve("outside"));
    Files.createDirectories(file(".mimocode"));
    Files.createSymbolicLink(file(".mimocode/skills"), outside);

    assertEquals(ExitCode.FAILURE, commands.run("memory", "proposals", "accept", id));

    assertTrue(commands.err().contains("memory_failed"), commands.err());
    try (var all = Files.list(outside)) {
      assertEquals(0, all.count());
    }
  }

  @Test
  void aFileThatCannotBeWrittenKeepsNoOtherFromItNorTheTrustA57() throws Exception {
    session("make ship", ASKED);
    answers(
        shipping(),
        proposal("command", false, "ship", "Ship $ARGUMENTS.", "S1", "Ship the shop"),
        skill("ship-again", "Ship it again.", "S1", "Ship the shop")
            .replace("Ships the shop. Use", "Ships it again. Use"));
    var id = id(run("memory", "distill"));
    write(".mimocode/commands", "No folder.\n");
    var _ = run("trust", "grant");
    var why = "'.mimocode/commands/ship.md' leads through no folder";
    var before = commands.out();

    assertEquals(ExitCode.FAILURE, commands.run("memory", "proposals", "accept", id));

    var said = commands.out().substring(before.length());
    assertTrue(said.startsWith(id + ": 1 change open, 2 changes accepted\n"), said);
    assertTrue(said.contains("\n  2 was not made: " + why + "\n"), said);
    assertTrue(commands.err().contains("1 of its files could not be written: " + why + "; put"));
    assertTrue(run("trust").contains("Trusted, as it is."));
    assertTrue(Files.exists(file(".mimocode/skills/ship-the-shop/SKILL.md")));
    assertTrue(Files.exists(file(".mimocode/skills/ship-again/SKILL.md")));

    Files.delete(file(".mimocode/commands"));
    assertTrue(run("memory", "proposals", "accept", id).startsWith(id + ": 3 changes accepted\n"));
  }

  @Test
  void noLinkLeadsADraftToAnotherFileOfTheRepositoryM24() throws Exception {
    session("make ship", ASKED);
    answers(shipping());
    var id = id(run("memory", "distill"));
    Files.createDirectories(file("docs"));
    Files.createDirectories(file(".mimocode"));
    Files.createSymbolicLink(file(".mimocode/skills"), Path.of("../docs"));

    var shown = run("memory", "proposals", "show", id);
    assertEquals(ExitCode.FAILURE, commands.run("memory", "proposals", "accept", id));

    assertTrue(shown.contains("1  adds the skill ship-the-shop\n"), shown);
    assertTrue(
        commands.err().contains("leads to docs/ship-the-shop/SKILL.md, where no skills lie"),
        commands.err());
    try (var all = Files.list(file("docs"))) {
      assertEquals(0, all.count());
    }
  }

  @Test
  void aSecretOfACommandLineIsNotShownNorKeptM10() throws Exception {
    session("DB_PASSWORD=Zx91kQ7pLm42Rt make ship", ASKED);
    answers(skill("ship-the-shop", STEPS, "S2", "DB_PASSWORD=Zx91"));

    var said = run("memory", "distill");

    assertTrue(question(0).contains("> DB_PASSWORD=[REDACTED:"), question(0));
    assertFalse(question(0).contains("Zx91"), question(0));
    assertTrue(said.startsWith("nothing to propose\n"), said);
  }

  @Test
  void noSkillHoldsWhatOtherProgramsRunM24() throws Exception {
    session("make ship", ASKED);
    answers(
        skill("inline", "Ship !`make ship` now.", "S1", "then make ship"),
        skill("fenced", "Ship:\n```!\nmake ship\n```", "S1", "then make ship"));

    assertEquals(
        """
        nothing to propose
        note: left out the skill 'inline': other programs would run !`make ship` in it
        note: left out the skill 'fenced': other programs would run ```! in it
        """,
        run("memory", "distill"));
  }

  @Test
  void aSecretTheUserTypedIsNotAlteredByAnEditM14() throws Exception {
    session("make ship", ASKED);
    var token = "ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";
    write(
        ".claude/skills/ship-the-shop/SKILL.md",
        "---\nname: ship-the-shop\ndescription: Mine.\ntoken: " + token + "\n---\n\nOld.\n");
    var _ = run("trust", "grant");
    answers(proposal("skill", true, "ship-the-shop", "New.", "S1", "then make ship"));

    assertEquals(
        """
        nothing to propose
        note: left out the skill 'ship-the-shop': the head of its file holds a secret, which no \
        proposal keeps
        """,
        run("memory", "distill"));
  }

  @Test
  void whatARepositorySaysHasNoPartInWhatIsForAllProjectsM4() throws Exception {
    session("make ship", ASKED);
    write(
        ".mimocode/skills/theirs/SKILL.md",
        "---\nname: theirs\ndescription: Words of the repository.\n---\n\nText.\n");
    var _ = run("trust", "grant");
    answers();
    var _ = run("memory", "distill");
    answers();
    var _ = run("memory", "distill", "--global");

    assertTrue(question(0).contains("Words of the repository."), question(0));
    assertFalse(question(1).contains("Words of the repository."), question(1));
  }
}
