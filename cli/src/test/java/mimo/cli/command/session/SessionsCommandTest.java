package mimo.cli.command.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import mimo.agent.provider.Price;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import mimo.cli.testing.Golden;
import mimo.cli.testing.TalkStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `mimo sessions` and `mimo stats` (A12, A15, A33).
@Timeout(60)
final class SessionsCommandTest {

  private @TempDir Path home;
  private TalkStage stage;

  @BeforeEach
  void talk() throws IOException, InterruptedException {
    stage = new TalkStage(home);
    Files.writeString(stage.folder().resolve("a.txt"), "first line\n");
    stage.priced(new Price(1_000_000, 2_000_000, 0));
    stage.model.calls("a", "read", "{\"file_path\":\"a.txt\"}").says("It says: first line.");
    stage.run("what is in a.txt,\nand why?");
    stage.clock.advance(Duration.ofDays(1));
    stage.priced(null).model.says("Because.").fails("provider_error", "odd");
    stage.run("--continue", "why?");
    stage.run("another thing");
  }

  private ExitCode sessions(String... words) throws InterruptedException {
    return stage.command(SessionsCommand::new, words);
  }

  private String text() {
    return stage.out().replaceAll("\\d+ ms", "N ms").replace(home.toString(), "HOME");
  }

  private List<String> ids() throws InterruptedException {
    sessions("list");
    return stage.out().lines().map(line -> line.substring(0, 12)).toList();
  }

  @Test
  void areListedTheOneUsedLastFirst() throws Exception {
    sessions("list");
    Golden.assertMatches("sessions-list.txt", text());

    sessions("list", "--json", "--limit", "1");
    Golden.assertMatches("sessions-list.json", text());

    sessions("list", "--format", "stream-json");
    assertEquals(2, stage.out().lines().count());
  }

  @Test
  void areShownTurnByTurn() throws Exception {
    var id = ids().getLast();

    sessions("show", id.substring(0, 5));
    Golden.assertMatches("sessions-show.txt", text());

    sessions("show", id, "--format", "stream-json");
    assertTrue(stage.out().startsWith("{\"number\":1,\"time\":\"2026-"), stage.out());
    sessions("show", id, "--json");
    assertTrue(stage.out().startsWith("{\"v\":1,\"session\":\"" + id + "\""), stage.out());
  }

  @Test
  void countWhatTheyCostByDayAndModelA33() throws Exception {
    stage.command(StatsCommand::new);
    Golden.assertMatches("stats.txt", stage.out());

    stage.command(StatsCommand::new, "--json");
    Golden.assertMatches("stats.json", stage.out());
  }

  @Test
  void goIntoAFileAndBackA15() throws Exception {
    var id = ids().getLast();
    sessions("show", id);
    var shown = stage.out();

    sessions("export", id);
    var file = Path.of(stage.out().strip());
    assertEquals(stage.folder().resolve(id + ".mimosession"), file);
    sessions("import", id + ".mimosession");
    var here = stage.out().strip();

    sessions("show", here);
    assertEquals(shown.replace(id, here), stage.out());
    sessions("remove", id, here);
    assertEquals("removed 2 sessions\n", stage.out());
    sessions("import", id + ".mimosession", "--json");
    assertEquals("{\"v\":1,\"session\":\"" + id + "\"}\n", stage.out());
  }

  @Test
  void aBadFileChangesNothingA15() throws Exception {
    var before = ids();
    Files.writeString(stage.folder().resolve("bad.mimosession"), "{\"mimosession\":1}\n");

    var bad = assertThrows(CommandException.class, () -> sessions("import", "bad.mimosession"));
    var none = assertThrows(CommandException.class, () -> sessions("import", "none"));

    assertEquals("archive_invalid", bad.failure().code());
    assertEquals("archive_invalid", none.failure().code());
    assertEquals(before, ids());
  }

  @Test
  void aForkIsASessionOfItsOwnA15() throws Exception {
    var id = ids().getLast();

    sessions("fork", id, "--json");

    var fork = ids().stream().filter(each -> stage.out().contains(each)).toList();
    assertEquals(3, fork.size());
    sessions("remove", id);
    sessions("list", "--json");
    assertTrue(stage.out().contains("\"parent\":\"" + id + "\""), stage.out());
    assertFalse(stage.out().contains("\"session\":\"" + id + "\""), stage.out());
  }

  @Test
  void nothingThereIsNoFailure() throws Exception {
    stage = new TalkStage(home.resolve("fresh"));

    assertEquals(ExitCode.OK, sessions("list"));

    assertEquals("", stage.out());
    assertEquals("no sessions yet; begin one with mimo run\n", stage.err());
    assertFalse(Files.exists(stage.store()));
  }
}
