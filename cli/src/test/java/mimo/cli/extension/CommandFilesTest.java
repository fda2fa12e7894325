package mimo.cli.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mimo.cli.error.CommandException;
import mimo.cli.script.Admission;
import mimo.cli.testing.Admissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A38, A57: where commands lie, and which of them count.
final class CommandFilesTest {

  @TempDir Path temp;
  private final List<String> notices = new ArrayList<>();
  private Path home;
  private Path here;
  private Admission admission = Admissions.TRUSTING;

  @BeforeEach
  void furnish() throws IOException {
    home = temp.toRealPath().resolve("home");
    here = Files.createDirectories(home.resolve("repository/inner"));
    Files.createDirectory(home.resolve("repository/.git"));
  }

  private CommandFiles commands() {
    var config = home.resolve(".config/mimocode");
    return CommandFiles.in(new Grounds(here, config, home, admission, notices::add));
  }

  private void put(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private List<String> found() {
    return commands().all().stream()
        .map(known ->
            known.command().name() + " " + known.command().template() + " " + known.owner())
        .toList();
  }

  @Test
  void theFirstFoundWinsAndFoldersBecomeParts() throws IOException {
    put(here.resolve(".mimocode/commands/a.md"), "1");
    put(here.resolve("../.mimocode/commands/db/a.md").normalize(), "2");
    put(here.resolve(".claude/commands/a.md"), "3");
    put(here.resolve(".claude/commands/db/deep/b.md"), "3");
    put(here.resolve(".agents/commands/no.md"), "no such place");
    put(home.resolve(".config/mimocode/commands/c.md"), "4");
    put(home.resolve(".claude/commands/c.md"), "5");
    put(home.resolve(".claude/commands/d.md"), "5");
    put(home.resolve(".claude/commands/notes.txt"), "no command");

    assertEquals(
        List.of(
            "a 1 repository",
            "c 4 user",
            "d 5 user",
            "db:a 2 repository",
            "db:deep:b 3 repository"),
        found());
    assertEquals(List.of(), notices);
  }

  @Test
  void whatIsNoCommandIsLeftAsideWithTheReason() throws IOException {
    put(here.resolve(".claude/commands/a.md"), "---\nallowed-tools: (\n---\nx");
    put(here.resolve(".claude/commands/b c.md"), "x");

    assertEquals(List.of(), found());
    assertEquals(2, notices.size(), notices.toString());
    assertEquals(
        ".claude/commands/a.md is left aside: it is no command: '(' in allowed-tools names no"
            + " tool.",
        notices.getFirst());
  }

  @Test
  void aPromptThatBeginsWithASlashCallsOne() throws IOException {
    put(here.resolve(".claude/commands/fix.md"), "Fix $1.");

    var called = commands().called("/fix  12\n\nand more ").orElseThrow();

    assertEquals("12\n\nand more", called.behind());
    assertEquals(Optional.empty(), commands().called("fix /fix"));
    assertEquals(Optional.empty(), commands().called("/etc/hosts is odd"));
    assertEquals(
        "there is no command /fox; did you mean 'fix'?", failure("command_unknown", "/fox 1"));
  }

  @Test
  void oneOfARepositoryThatIsNotTrustedSaysSoA57() throws IOException {
    put(here.resolve(".claude/commands/fix.md"), "Fix $1.");
    put(home.resolve(".claude/commands/own.md"), "Own.");
    admission = Admissions.WARY;

    assertEquals(List.of("own Own. user"), found());
    assertEquals(List.of(Admission.LEFT_ASIDE), notices);
    assertEquals(
        "/fix comes with this repository, which you have not said you trust",
        failure("untrusted", "/fix 1"));
  }

  private String failure(String code, String prompt) {
    var refused = assertThrows(CommandException.class, () -> commands().called(prompt));
    assertEquals(code, refused.failure().code());
    return refused.failure().message();
  }
}
