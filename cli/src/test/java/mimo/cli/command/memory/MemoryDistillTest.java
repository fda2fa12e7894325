package mimo.cli.command.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mimo.agent.json.Json;
import mimo.agent.message.Message;
import mimo.agent.provider.Resolution;
import mimo.agent.testing.ScriptedProvider;
import mimo.cli.JoinedAgent;
import mimo.cli.error.ExitCode;
import mimo.cli.memory.DreamDesk;
import mimo.cli.memory.MemoryDesk;
import mimo.cli.testing.Commands;
import mimo.cli.testing.ScriptedInspection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is proposed as skills and commands, and what becomes of it.
@Timeout(120)
final class MemoryDistillTest {

  private static final String ASKED = "Ship the shop: run the slow tests, then make ship.";
  private static final String CORRECTED = "No, never ship on a Friday.";

  private static final String SKILL_FILE =
      """
      ---
      name: ship-the-shop
      description: Ships the shop. Use it before a release.
      ---

      1. Run `make slow`.
      2. Run `make ship`, never on a Friday.
      """;

  @TempDir private Path temp;
  private Path home;
  private Path workspace;
  private Commands commands;
  private MemoryDesk memory;
  private final ScriptedProvider thinker = new ScriptedProvider();

  @BeforeEach
  void makeCommands() throws Exception {
    home = temp.toRealPath();
    var agent = new JoinedAgent(temp);
    workspace = agent.workspace();
    var desk = agent.memory();
    var real = desk.dreams();
    memory =
        new MemoryDesk(
            desk.memory(),
            desk.search(),
            desk.sessions(),
            desk.runs(),
            desk.outputs(),
            desk.editor(),
            new DreamDesk(
                real.dreaming(),
                real.distilling(),
                real.reserved(),
                real.proposals(),
                real.acceptance(),
                reference ->
                    reference == null
                        ? new Resolution.Resolved(thinker, "model", null)
                        : real.models().resolve(reference)),
            "");
    commands =
        new Commands(new ScriptedInspection())
            .in(workspace)
            .with(Map.of("HOME", agent.account().toString(), "MIMOCODE_HOME", home + "/mimo"))
            .remembering(memory);
  }

  /// A session of its own in which the agent runs a command for each thing the user says.
  private void session(String command, String... prompts) throws Exception {
    try (var agent = new JoinedAgent(temp)) {
      for (int i = 0; i < prompts.length; i++) {
        var call = "{\"command\":%s}".formatted(JoinedAgent.quoted(command));
        agent.model.calls("b" + i, "bash", call).says("Done.");
        var _ = agent.turn(prompts[i]);
      }
    }
  }

  private String run(String... words) {
    var before = commands.out();
    assertEquals(ExitCode.OK, commands.run(words), commands.err());
    return commands.out().substring(before.length());
  }

  private static String id(String said) {
    return said.substring(0, said.indexOf(' '));
  }

  private String question(int number) {
    return ((Message.User) thinker.requests().get(number).messages().getFirst()).text();
  }

  /// What the question calls the piece with these words.
  private static String piece(String question, String words) {
    var before = question.substring(0, question.indexOf("\n> " + words));
    return before.substring(before.lastIndexOf("\nS") + 1).split(" ", -1)[0];
  }

  private void answers(String... proposals) {
    var json = "{\"proposals\":[" + String.join(",", proposals) + "]}";
    thinker.calls("a" + thinker.requests().size() + json.length(), "answer", json);
  }

  private static String skill(String name, String text, String said, String quote) {
    return proposal("skill", false, name, text, said, quote);
  }

  private static String proposal(
      String kind, boolean edit, String name, String text, String said, String quote) {
    return Json.write(
        Json.object()
            .put("kind", kind)
            .put("edit", edit)
            .put("name", name)
            .put("description", "Ships the shop. Use it before a release.")
            .put("text", text)
            .put("reason", "asked for in two sessions")
            .set(
                "because",
                Json.parse("[{\"said\":\"%s\",\"quote\":%s}]".formatted(said, Json.quote(quote)))));
  }

  private static final String STEPS = "1. Run `make slow`.\n2. Run `make ship`, never on a Friday.";

  /// The skill of most tests, which rests on the user's words.
  private String shipping() {
    return skill("ship-the-shop", STEPS, "S1", "then make ship");
  }

  private Path file(String name) {
    return workspace.resolve(name);
  }

  private void write(String name, String text) throws Exception {
    Files.createDirectories(file(name).getParent());
    Files.writeString(file(name), text);
  }

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
