package mimo.cli.command.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import mimo.agent.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is proposed as skills and commands, and what becomes of it.
@Timeout(120)
final class MemoryDistillTest extends DistillStage {

  @Test
  void aSkillRestsOnQuotesAndIsWrittenOnlyOnceItIsAcceptedM24() throws Exception {
    session("make slow && make ship", ASKED, CORRECTED);
    answers(shipping());

    var said = run("memory", "distill");

    assertTrue(question(0).contains("S1 [session "), question(0));
    assertTrue(question(0).contains("\n> " + ASKED + "\n"), question(0));
    assertTrue(question(0).contains("call of bash; from agent]\n> make slow && make ship\n"));
    assertEquals("S1", piece(question(0), ASKED));
    assertTrue(said.contains("  distill of "), said);
    assertTrue(said.contains(", last 30 days, by scripted/model\n"), said);
    var target = file(".mimocode/skills/ship-the-shop/SKILL.md");
    assertTrue(
        said.contains(
            "--- %s\n@@ -0,0 +1,7 @@\n+%s\n"
                .formatted(
                    ".mimocode/skills/ship-the-shop/SKILL.md",
                    SKILL_FILE.strip().replace("\n", "\n+"))),
        said);
    assertTrue(
        said.contains("1  adds the skill ship-the-shop\n   asked for in two sessions\n"), said);
    assertTrue(said.contains(" (turn 1), from user: then make ship\n"), said);
    assertFalse(Files.exists(target));
    assertTrue(run("skills", "list").startsWith("There are no skills here."));

    var accepted = run("memory", "proposals", "accept", id(said));

    assertEquals(
        """
        %s: 1 change accepted
          1 %s
            agents have it from their next session on; this repository is trusted with it
        """
            .formatted(id(said), ".mimocode/skills/ship-the-shop/SKILL.md"),
        accepted);
    assertEquals(SKILL_FILE, Files.readString(target));
    assertTrue(run("skills", "list").startsWith("ship-the-shop  repository  Ships the shop."));
    assertTrue(run("trust").contains("Trusted, as it is."));
    var shown = Json.parse(run("memory", "proposals", "show", id(said), "--json"));
    assertEquals("distill", shown.path("origin").asText());
    var suggestion = shown.path("suggestions").path(0);
    assertEquals(
        "accepted adds the skill ship-the-shop skill in_use then make ship",
        suggestion.path("state").asText()
            + " "
            + suggestion.path("action").asText()
            + " "
            + suggestion.path("kind").asText()
            + " "
            + suggestion.path("use").asText()
            + " "
            + suggestion.path("basis").path(0).path("excerpt").asText());
  }

  @Test
  void aCommandIsCalledByItsNameOnceItIsAcceptedM24() throws Exception {
    session("make ship", ASKED);
    answers(
        proposal(
            "command", false, "ship", "Ship $ARGUMENTS with `make ship`.", "S1", "Ship the shop"));

    var id = id(run("memory", "distill"));
    var said = run("memory", "proposals", "accept", id);

    assertTrue(
        said.endsWith("    it is called by /ship; this repository is trusted with it\n"), said);
    assertEquals(
        """
        ---
        description: Ships the shop. Use it before a release.
        ---

        Ship $ARGUMENTS with `make ship`.
        """,
        Files.readString(file(".mimocode/commands/ship.md")));
    assertTrue(run("commands", "list").startsWith("/ship  repository  Ships the shop."));
  }

  @Test
  void aQuoteThatNobodySaidMakesTheProposalVoidAndThatIsToldM24() throws Exception {
    session("make ship", ASKED);
    answers(
        skill("rollback", "Run `make back`.", "S1", "roll back at once"),
        skill("elsewhere", "Run `make back`.", "S99", "then make ship"),
        shipping());

    var said = run("memory", "distill");

    assertTrue(
        said.matches(
            "(?s).*note: left out the skill 'rollback': \"roll back at once\" does not stand in"
                + " [0-9a-f]+:\\d+\n.*"),
        said);
    assertTrue(said.contains("note: left out the skill 'elsewhere': it quotes S99, which"), said);
    assertTrue(said.contains("1  adds the skill ship-the-shop\n"), said);
    assertFalse(said.contains("2  adds"), said);
  }

  @Test
  void whatTheProgramCouldNotUseIsLeftOutAndThatIsToldM24() throws Exception {
    session("make ship", ASKED);
    write(".mimocode/skills/ship-the-shop/SKILL.md", SKILL_FILE);
    var _ = run("trust", "grant");
    answers(
        shipping(),
        skill("Ship It", "Run it.", "S1", "then make ship"),
        proposal("command", false, "goal", "Ship it.", "S1", "then make ship"),
        proposal("command", false, "ship", "Ship !`make ship` now.", "S1", "then make ship"),
        skill("hidden", "Run it.\u202e", "S1", "then make ship"));

    var said = run("memory", "distill");

    assertEquals(
        """
        nothing to propose
        note: left out the skill 'ship-the-shop': there is one of this name
        note: left out the skill 'Ship It': a name is small letters and digits with single dashes \
        between, at most 64
        note: left out the command 'goal': /goal is mimo's own
        note: left out the command 'ship': other programs would run !`make ship` in it
        note: left out the skill 'hidden': its text holds a character that nobody sees, U+202E
        """,
        said);
    assertEquals("", run("memory", "proposals"));
  }

  @Test
  void anEditKeepsTheHeadAndShowsWhatChangesM24() throws Exception {
    session("make ship", ASKED, CORRECTED);
    var head = "---\nname: ship-the-shop\ndescription: Mine.\nlicense: MIT\n---\n";
    write(".claude/skills/ship-the-shop/SKILL.md", head + "\n1. Run `make ship`.\n");
    var _ = run("trust", "grant");
    answers(
        proposal(
            "skill",
            true,
            "ship-the-shop",
            "1. Run `make ship`, never on a Friday.",
            "S1",
            "Ship the shop"));

    var said = run("memory", "distill");

    assertTrue(question(0).contains("skill ship-the-shop, of the project; can be edited: Mine."));
    assertTrue(question(0).contains("> license: MIT\n"), question(0));
    assertTrue(said.contains("-1. Run `make ship`.\n+1. Run `make ship`, never on"), said);
    assertTrue(said.contains("1  rewrites the skill ship-the-shop\n"), said);

    var _ = run("memory", "proposals", "accept", id(said));

    assertEquals(
        head + "\n1. Run `make ship`, never on a Friday.\n",
        Files.readString(file(".claude/skills/ship-the-shop/SKILL.md")));
    assertTrue(run("trust").contains("Trusted, as it is."));
  }

  @Test
  void whatIsForAllProjectsLiesInTheUsersOwnFolderM24() throws Exception {
    session("make ship", ASKED);
    answers(shipping());

    var id = id(run("memory", "distill", "--global"));
    var said = run("memory", "proposals", "accept", id);

    var target = home.resolve("mimo/config/skills/ship-the-shop/SKILL.md");
    assertTrue(said.contains("  1 %s\n    agents have it".formatted(target)), said);
    assertEquals(SKILL_FILE, Files.readString(target));
    assertTrue(run("skills", "list").startsWith("ship-the-shop  user  "));
    assertFalse(Files.exists(file(".mimocode")));
  }

  @Test
  void withoutAModelWhatWasDoneAgainAndAgainIsListedM24() throws Exception {
    session("make ship", ASKED, "And the other shop.");
    session("make ship", ASKED, "Thanks.");
    session("make ship", ASKED);

    var said = run("memory", "distill", "--model", "offline");

    assertEquals(
        """
        nothing to propose
        note: 5 times in 3 sessions: make ship
        note: 3 times in 3 sessions: the user: ship the shop: run the slow tests, then make ship.
        """,
        said);
    assertEquals(List.of(), thinker.requests());
  }

  @Test
  void whoWasKilledAfterAFileWasWrittenIsToldThatItIsDoneM24() throws Exception {
    session("make ship", ASKED);
    answers(shipping());
    var id = id(run("memory", "distill"));
    var kept = memory.memory().layout().folder().resolve(".proposals").resolve(id + ".json");
    var waiting = Files.readString(kept);
    var _ = run("memory", "proposals", "accept", id);
    Files.writeString(kept, waiting.replace("\"state\":\"open\"", "\"state\":\"begun\""));

    assertTrue(run("memory", "proposals").endsWith(": 1 change begun\n"), commands.out());
    assertTrue(run("memory", "proposals", "accept", id).startsWith(id + ": 1 change accepted\n"));
    assertEquals(SKILL_FILE, Files.readString(file(".mimocode/skills/ship-the-shop/SKILL.md")));
  }

  @Test
  void whatCannotBeReadWhereADraftWouldLieIsToldAndAllElseProposedM24() throws Exception {
    session("make ship", ASKED);
    var folder = Files.createDirectories(file(".mimocode/skills/odd"));
    Files.write(folder.resolve("SKILL.md"), new byte[] {(byte) 0xff, (byte) 0xfe});
    var _ = run("trust", "grant");
    answers(skill("odd", "Ship it.", "S1", "Ship the shop"), shipping());

    var said = run("memory", "distill");

    assertTrue(said.contains("note: left out the skill 'odd': it is no UTF-8\n"), said);
    assertTrue(said.contains("1  adds the skill ship-the-shop\n"), said);
    Files.createDirectories(file(".mimocode/skills/ship-the-shop/SKILL.md"));
    assertTrue(
        run("memory", "proposals", "show", id(said.substring(said.indexOf("\np") + 1)))
            .contains("(it cannot be written: it is a folder)"));
  }

  @Test
  void whatIsRejectedIsNeverWrittenM24() throws Exception {
    session("make ship", ASKED);
    answers(shipping());
    var id = id(run("memory", "distill"));

    assertEquals(id + ": 1 change rejected\n", run("memory", "proposals", "reject", id));

    assertFalse(Files.exists(file(".mimocode")));
  }

  @Test
  void aQuoteIsLongOrAWholeLineM24() throws Exception {
    session("make ship", ASKED);
    answers(
        skill("short", "Ship it.", "S1", "make"),
        skill("whole-line", "Ship it.", "S2", "make ship"));

    var said = run("memory", "distill");

    assertTrue(said.contains("'short': \"make\" is too short to bear it out\n"), said);
    assertTrue(said.contains("1  adds the skill whole-line\n"), said);
  }

  @Test
  void aFileWrittenElsewhereIsEditedInItsOwnLinesM24() throws Exception {
    session("make ship", ASKED);
    var head = "\uFEFF---\r\nname: ship-the-shop\r\ndescription: Mine.\r\n---\r\n";
    write(".claude/skills/ship-the-shop/SKILL.md", head + "\r\nOld.\r\n");
    var _ = run("trust", "grant");
    answers(proposal("skill", true, "ship-the-shop", "New.\nMore.", "S1", "then make ship"));

    var said = run("memory", "distill");
    var _ = run("memory", "proposals", "accept", id(said));

    assertEquals(
        head + "\r\nNew.\r\nMore.\r\n",
        Files.readString(file(".claude/skills/ship-the-shop/SKILL.md")));
  }
}
