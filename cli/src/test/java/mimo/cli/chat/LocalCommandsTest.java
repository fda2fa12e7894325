package mimo.cli.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mimo.agent.TurnOutcome;
import mimo.agent.message.Message;
import mimo.cli.JoinedAgent;
import mimo.cli.chat.SlashCommands.Result;
import mimo.cli.command.SessionDesk.Company;
import mimo.cli.command.SessionDesk.From;
import mimo.cli.command.SessionDesk.Manner;
import mimo.cli.memory.MemoryDesk.Occasion;
import mimo.cli.memory.MemoryDesk.Told;
import mimo.cli.testing.ScriptedRuns;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The commands of line mode, over the agent as the program joins it.
@Timeout(60)
final class LocalCommandsTest {

  @TempDir Path temp;
  private JoinedAgent agent;
  private DeskPartner partner;
  private LocalCommands commands;

  @BeforeEach
  void make() throws IOException {
    agent = new JoinedAgent(temp);
    take(new From.Anew());
  }

  private void take(From from) {
    partner = new DeskPartner(agent.desk(), Company.NONE, from, "scripted/model");
    commands =
        new LocalCommands(
            partner, agent.desk(), () -> new ScriptedRuns(List.of(), List.of(), null));
  }

  private static void needsGit() {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/git")), "git is not installed");
  }

  /// A turn in which the agent writes a file.
  private void writes(String file) throws InterruptedException {
    agent
        .model
        .calls(file, "write", "{\"file_path\":\"" + file + "\",\"content\":\"new\\n\"}")
        .says("done");
    say("write " + file);
  }

  private void say(String text) throws InterruptedException {
    assertEquals(
        new TurnOutcome.Answered("\"done\""),
        partner.say(text, CancellationToken.never(), _ -> {}));
  }

  /// A turn in which the agent lists a task; what it is told of it.
  private String lists(String title) throws InterruptedException {
    agent
        .model
        .calls(title, "task", "{\"action\":\"create\",\"title\":\"" + title + "\"}")
        .says("done");
    say("list " + title);
    var said = agent.model.requests().getLast().messages();
    return said.stream()
        .filter(Message.Tools.class::isInstance)
        .map(message -> ((Message.Tools) message).answers().getFirst())
        .filter(answer -> answer.call().equals(title))
        .findFirst()
        .orElseThrow()
        .text();
  }

  @Test
  void anAgentThatComesBackGoesOnWithTheTasksOfTheOthersT3() throws Exception {
    var _ = lists("a");
    commands.run("agent plan");
    var _ = lists("b");
    commands.run("agent build");

    assertEquals("T3 open: c\n(3 open)", lists("c"));
  }

  @Test
  void undoGivesTheWordsBackAndRedoTheFiles() throws Exception {
    needsGit();
    agent.write(".gitignore", "build/\n");
    agent.write("build/x", "x");
    writes("a.txt");
    writes("b.txt");

    assertEquals(
        new Result.Draft(
            "write b.txt",
            List.of("undid turn 2", "  removed b.txt  +0 -1", "never touched: build/ (ignored)")),
        commands.run("undo"));
    assertFalse(Files.exists(agent.file("b.txt")));
    assertEquals(
        new Result.Told(
            List.of("redid turn 2", "  added   b.txt  +1 -0", "never touched: build/ (ignored)")),
        commands.run("redo"));
    assertTrue(Files.exists(agent.file("b.txt")));
    assertEquals(
        new Result.Draft(
            "write a.txt",
            List.of(
                "undid turns 1, 2",
                "  removed a.txt  +0 -1",
                "  removed b.txt  +0 -1",
                "never touched: build/ (ignored)")),
        commands.run("undo 1"));
  }

  @Test
  void namesWhatOthersHaveChangedAndHowToLoseIt() throws Exception {
    needsGit();
    writes("a.txt");
    Files.writeString(agent.file("a.txt"), "mine\n");

    assertEquals(
        new Result.Draft(
            "write a.txt",
            List.of(
                "undid turn 1",
                "  no file is otherwise than it was",
                "kept, because somebody else has changed them since:",
                "  a.txt",
                "  to lose those changes: /redo, then /undo force")),
        commands.run("undo"));
    commands.run("redo");
    commands.run("undo force");

    assertFalse(Files.exists(agent.file("a.txt")));
  }

  @Test
  void undoesWhatAnEarlierProcessDidInTheSessionThatGoesOn() throws Exception {
    needsGit();
    writes("a.txt");
    take(new From.Latest(Manner.ITSELF));

    assertEquals("write a.txt", ((Result.Draft) commands.run("undo")).text());

    assertFalse(Files.exists(agent.file("a.txt")));
  }

  @Test
  void saysWhyNothingIsUndone() throws Exception {
    needsGit();
    assertEquals(new Result.Refused("nothing_to_undo: nothing was said yet"), commands.run("undo"));
    assertEquals(
        new Result.Refused("usage: 'all' is neither a turn nor force"), commands.run("undo all"));
    assertEquals(
        new Result.Refused("usage: /redo has the turns again in their order"),
        commands.run("redo 1"));
    agent.model.says("done");
    say("hello");
    assertEquals(
        new Result.Refused("nothing_to_undo: session " + partner.session() + " has no such turn"),
        commands.run("undo 7"));
  }

  @Test
  void withoutGitUndoSaysSo() throws Exception {
    agent.withoutGit();
    writes("a.txt");

    assertEquals(
        new Result.Refused("MIMO-510 undo_needs_git: git is not installed, so nothing is undone"),
        commands.run("undo"));
  }

  @Test
  void maxModeIsSwitchedOnAndOffFromTheNextMessageX1() throws Exception {
    assertEquals(
        new Result.Told(List.of("Max Mode: 3 candidates for each step. /max off ends it.")),
        commands.run("max 3"));
    assertEquals("build  scripted/model  max 3  new session", partner.standing());
    agent.model.says("done").says("done").says("done");
    say("weigh it");
    assertEquals(3, agent.model.requests().size());

    assertEquals(
        new Result.Told(List.of("Max Mode is off: each step has one candidate.")),
        commands.run("max off"));
    agent.model.says("done");
    say("just say it");
    assertEquals(4, agent.model.requests().size());
    assertEquals(
        new Result.Told(
            List.of(
                "Max Mode: 2 candidates for each step that wants to change something."
                    + " /max off ends it.")),
        commands.run("max 2 mutations"));
    assertEquals(
        new Result.Refused("usage: Max Mode has 2 to 9 candidates; found '12'"),
        commands.run("max 12"));
  }

  @Test
  void aNewSessionIsHadWithTheSameModelAndAgent() throws Exception {
    agent.model.says("done").says("done");
    say("one");
    var first = partner.session();

    assertEquals(
        new Result.Told(List.of("The next message begins a new session.")), commands.run("new"));
    say("two");

    assertNotEquals(first, partner.session());
    assertEquals(1, agent.model.requests().getLast().messages().size());
  }

  @Test
  void anotherAgentAndModelCountFromTheNextMessageOn() throws Exception {
    assertEquals(
        new Result.Told(List.of("The next message goes to the agent plan.")),
        commands.run("agent plan"));
    assertEquals("plan  scripted/model  new session", partner.standing());
    agent.model.says("done");

    say("think");

    assertTrue(partner.standing().startsWith("plan  scripted/model  "), partner.standing());
    assertEquals(
        new Result.Told(List.of("The next message goes to scripted/model.")),
        commands.run("model scripted/model"));
    assertEquals(
        new Result.Refused("there is no /unod; did you mean 'undo'?"), commands.run("unod"));
    assertEquals(
        "7f3a00000001  completed    review",
        assertInstanceOf(Result.Told.class, commands.run("runs")).lines().getFirst());
    assertEquals(new Result.Left(), commands.run("quit"));
  }

  @Test
  void helpNamesEveryCommand() {
    var help = ((Result.Told) commands.run("help")).lines();

    for (var command : commands.all()) {
      assertTrue(
          help.stream().anyMatch(line -> line.startsWith("/" + command.name())), command.name());
    }
  }

  @Test
  void rebuildSaysHowMuchShorterTheConversationIsK16() throws Exception {
    agent.model.says("done").says("done");
    say("Read this. " + "A long story about nothing at all. ".repeat(1_000));

    var told = assertInstanceOf(Result.Told.class, commands.run("rebuild"));
    assertTrue(
        told.lines()
            .getFirst()
            .matches(
                "as asked: it goes on from what is known of it, [\\d,]+ tokens instead of [\\d,]+"),
        told.lines().toString());
    say("And now?");

    var seen = agent.model.requests().getLast().messages();
    assertTrue(seen.toString().contains("<conversation-so-far>"), seen.toString());
    assertEquals(
        new Result.Told(List.of("The conversation is as short as it would be then.")),
        commands.run("rebuild"));
  }

  @Test
  void whyNamesTheRebuildsThatToldOfAnEntryM18() throws Exception {
    var memory = agent.memory().memory();
    var file = memory.layout().ofProject().file();
    Files.createDirectories(file.getParent());
    Files.writeString(file, "## Facts\n\n- The preview port is 8443.\n");
    agent.model.says("done");
    say("Read this. " + "A long story about nothing at all. ".repeat(1_000));
    assertInstanceOf(Result.Told.class, commands.run("rebuild"));

    var entry = memory.entries(memory.layout().ofProject()).getFirst();
    var told = agent.memory().toldOf(entry);

    assertEquals(
        List.of(Occasion.START, Occasion.REBUILD), told.stream().map(Told::occasion).toList());
  }

  @Test
  void beforeAnythingIsSaidNothingIsRebuiltK16() {
    assertEquals(new Result.Refused("usage: nothing was said yet"), commands.run("rebuild"));
  }

  @Test
  void promptsInFilesAreCommandsToo() throws Exception {
    var folder = Files.createDirectories(agent.account().resolve(".claude/commands"));
    Files.writeString(
        folder.resolve("fix.md"),
        "---\ndescription: Fixes an issue\nargument-hint: NUMBER\nagent: plan\n---\nFix $1.");
    Files.writeString(folder.resolve("undo.md"), "Not mimo's own.");
    take(new From.Anew());

    assertEquals(
        List.of(new SlashCommands.Command("fix", "NUMBER", "Fixes an issue")),
        commands.all().stream().skip(12).toList());
    assertEquals("fix", commands.beginning("fi").orElseThrow().name());
    assertEquals(new Result.Said("/fix 12"), commands.run("fix 12"));
    assertEquals(
        new Result.Refused("there is no /fox; did you mean 'fix'?"), commands.run("fox 12"));
    assertInstanceOf(Result.Refused.class, commands.run("undo 7"));

    agent.model.says("done").says("done");
    say("/fix 12");
    assertTrue(partner.standing().startsWith("build  scripted/model  "), partner.standing());
    say("and now?");

    var asked = agent.model.requests();
    assertEquals(List.of(new Message.User("Fix 12.")), asked.getFirst().messages());
    assertNotEquals(asked.getFirst().system(), asked.getLast().system());
  }

  @Test
  void oneThatARepositoryBringsSaysThatItIsNotTrusted() throws Exception {
    agent.write(".claude/commands/fix.md", "Fix.");

    assertEquals(
        new Result.Refused(
            "untrusted: /fix comes with this repository, which you have not said you trust"),
        commands.run("fix"));
  }
}
