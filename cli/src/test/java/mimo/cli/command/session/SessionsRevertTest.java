package mimo.cli.command.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mimo.cli.error.CommandException;
import mimo.cli.error.ErrorTable;
import mimo.cli.error.ExitCode;
import mimo.cli.testing.TalkStage;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `mimo sessions revert` (A64).
@Timeout(60)
final class SessionsRevertTest {

  @TempDir Path home;
  private TalkStage stage;

  @BeforeEach
  void make() throws IOException {
    stage = new TalkStage(home.toRealPath()).editing();
  }

  private static void needsGit() {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/git")), "git is not installed");
  }

  private Path file(String name) {
    return stage.folder().resolve(name);
  }

  /// `mimo run`, in which the agent writes a file; returns the session's id.
  private String writes(String file, String... more) throws InterruptedException {
    stage
        .model
        .calls(file, "write", "{\"file_path\":\"" + file + "\",\"content\":\"new\\n\"}")
        .says("done");
    var words = new ArrayList<>(List.of(more));
    words.add("write " + file);
    assertEquals(ExitCode.OK, stage.run(words.toArray(String[]::new)), stage.err());
    stage.command(SessionsCommand::new, "list", "--json");
    return stage.out().replaceAll("(?s).*?\"session\":\"([0-9a-f]+)\".*", "$1");
  }

  private void revert(String... words) throws InterruptedException {
    var all = new ArrayList<>(List.of("revert"));
    all.addAll(List.of(words));
    assertEquals(ExitCode.OK, stage.command(SessionsCommand::new, all.toArray(String[]::new)));
  }

  @Test
  void takesTheLastTurnBackAndPrintsWhatWasAsked() throws Exception {
    needsGit();
    var id = writes("a.txt");
    writes("b.txt", "--continue");

    revert(id);

    assertEquals("undid turn 2\n  removed b.txt  +0 -1\nasked was:\nwrite b.txt\n", stage.out());
    assertTrue(Files.exists(file("a.txt")));
    assertFalse(Files.exists(file("b.txt")));
  }

  @Test
  void takesAllTurnsFromOneOnAndHasThemAgain() throws Exception {
    needsGit();
    var id = writes("a.txt");
    writes("b.txt", "--continue");

    revert(id, "--turn", "1", "--json");

    assertEquals(
        """
        {"v":1,"session":"%s","turns":[1,2],"prompt":"write a.txt","files":[\
        {"path":"a.txt","kind":"removed","added":0,"removed":1},\
        {"path":"b.txt","kind":"removed","added":0,"removed":1}],\
        "kept":[],"unkept":[],"excluded":[]}
        """
            .formatted(id),
        stage.out());
    revert(id, "--redo");
    assertEquals("redid turn 1\n  added   a.txt  +1 -0\n", stage.out());
    assertTrue(Files.exists(file("a.txt")));
  }

  @Test
  void keepsWhatOthersHaveChangedUnlessForced() throws Exception {
    needsGit();
    var id = writes("a.txt");
    Files.writeString(file("a.txt"), "mine\n");

    revert(id);

    assertEquals(
        """
        undid turn 1
          no file is otherwise than it was
        kept, because somebody else has changed them since:
          a.txt
          to lose those changes: mimo sessions revert %s --redo, then --force
        asked was:
        write a.txt
        """
            .formatted(id),
        stage.out());
    revert(id, "--redo");
    revert(id, "--force");
    assertFalse(Files.exists(file("a.txt")));
  }

  @Test
  void showsInTheSessionWhatWentBack() throws Exception {
    needsGit();
    var id = writes("a.txt");
    revert(id);
    revert(id, "--redo");

    stage.command(SessionsCommand::new, "show", id);

    assertTrue(stage.out().contains("\nAsked 1  "), stage.out());
    assertTrue(stage.out().contains("\nUndone: 1 and later\n\nRedone: 1\n"), stage.out());
  }

  @Test
  void refusesWhatCannotBe() throws Exception {
    needsGit();
    var id = writes("a.txt");
    var cases =
        Map.of(
            "nothing_to_undo", new String[] {"revert", id, "--turn", "4"},
            "usage", new String[] {"revert", id, "--redo", "--turn", "1"},
            "session_unknown", new String[] {"revert", "ffff"});
    cases.forEach((code, words) -> {
      var refused =
          assertThrows(
              CommandException.class, () -> stage.command(SessionsCommand::new, words), code);
      assertEquals(code, refused.failure().code());
    });
  }

  @Test
  void withoutGitSaysSoByItsNumber() throws Exception {
    stage.withoutGit();
    var id = writes("a.txt");

    var refused =
        assertThrows(
            CommandException.class, () -> stage.command(SessionsCommand::new, "revert", id));

    assertEquals("undo_needs_git", refused.failure().code());
    assertEquals(510, ErrorTable.load().find("undo_needs_git").number());
    assertTrue(Files.exists(file("a.txt")));
  }
}
