package mimo.cli.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import mimo.cli.error.CommandException;
import mimo.cli.script.Admission.Manner;
import mimo.cli.script.Script;
import mimo.cli.terminal.Terminal;
import mimo.cli.terminal.Terminal.Channel;
import mimo.cli.testing.Admissions;
import mimo.cli.testing.TestStreams;
import mimo.cli.trust.Standing.Change;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A57, S28, S29, S44.
final class TrustTest {

  private static final String REVIEW = ".mimocode/workflows/review.js";

  @TempDir Path home;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path repository = Path.of("");
  private Path here = Path.of("");
  private Trust trust =
      Admissions.real(Path.of(""), new TestStreams().terminal(Channel.PIPE, Channel.PIPE));

  @BeforeEach
  void furnish() throws IOException {
    repository = Files.createDirectories(home.toRealPath().resolve("repository"));
    Files.createDirectory(repository.resolve(".git"));
    here = Files.createDirectories(repository.resolve("inner"));
    trust = trust(null);
  }

  /// @param typed what somebody types at the terminal; null if nobody is there
  private Trust trust(@Nullable String typed) {
    var out = new PrintStream(err, true, StandardCharsets.UTF_8);
    var there = typed == null ? Channel.PIPE : Channel.TERMINAL;
    var input = typed == null ? null : new BufferedReader(new StringReader(typed));
    return Admissions.real(home, new Terminal(out, there, out, there, input));
  }

  private Path write(String file, String text) throws IOException {
    var path = repository.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  private Script script(String file) throws IOException {
    var path = repository.resolve(file);
    return new Script(file, path.toString(), Files.readString(path));
  }

  private String refusal(Trust by, Script script, Manner manner) {
    var refused =
        assertThrows(CommandException.class, () -> by.admit(here, script, manner)).failure();
    assertEquals("untrusted", refused.code());
    return refused.message();
  }

  @Test
  void aFolderWithoutAnythingThatCouldRunNeedsNone() throws IOException {
    write("src/main.js", "x");
    write(".mimocode/mimocode.jsonc", "{ \"model\": \"a/b\" } // no more");
    write("AGENTS.md", "x");

    assertTrue(trust.standing(here).needsNone());
    assertTrue(trust.standing(here).isTrusted());
    assertFalse(Files.exists(home.resolve("data")));
  }

  @Test
  void whatNobodyAgreedToDoesNotRunHeadless() throws IOException {
    write(REVIEW, "x");

    assertEquals(
        REVIEW + " comes with this repository, which you have not said you trust",
        refusal(trust, script(REVIEW), Manner.ASKING));
    assertFalse(trust.admitted(here).test(repository.resolve(REVIEW), "x"));
  }

  @Test
  void whatIsAgreedToRunsInEveryProcessAndOnlyAsItIs() throws IOException {
    write(REVIEW, "x");
    trust.grant(here, trust.standing(here));

    trust(null).admit(here, script(REVIEW), Manner.SILENT);

    var admitted = trust(null).admitted(here);
    assertTrue(admitted.test(repository.resolve(REVIEW), "x"));
    assertFalse(admitted.test(repository.resolve(REVIEW), "y"));
    assertFalse(admitted.test(repository.resolve("src/other.js"), "x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".mimocode/agents/a.md",
        ".mimocode/commands/a.md",
        ".mimocode/workflows/review.js",
        ".mimocode/workflows/lib/deep/helper.js",
        ".mimocode/plugins/a.js",
        ".mimocode/hooks/a.sh",
        ".mimocode/formatters/a",
        ".mimocode/tools/a.ts",
        ".claude/agents/a.md",
        ".claude/commands/sub/a.md",
        ".claude/workflows/a.js",
        ".claude/hooks/a.sh",
        ".claude/settings.json",
        ".claude/settings.local.json",
        ".mcp.json",
        "inner/.mimocode/agents/a.md",
        "inner/.mcp.json"
      })
  void anyChangeIsAskedAboutAgainS44(String file) throws IOException {
    write(".mimocode/workflows/first.js", "x");
    trust.grant(here, trust.standing(here));

    write(file, "one");
    assertFalse(trust.standing(here).isTrusted(), "added");
    trust.grant(here, trust.standing(here));
    assertTrue(trust.standing(here).isTrusted());
    write(file, "two");
    assertFalse(trust.standing(here).isTrusted(), "changed");
    write(file, "one");
    assertTrue(trust.standing(here).isTrusted());
    Files.delete(repository.resolve(file));
    assertFalse(trust.standing(here).isTrusted(), "removed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          { "mcp": {} }                      | true
          { "model": "a/b", "hooks": [1] }   | true
          { "plugin": ["x"] }                | true
          { "formatter": false }             | true
          { "agent": { "a": {} } }           | true
          { "mcp": {}, "mcp": {} }           | true
          { broken                           | true
          { "model": "a/b" }                 | false
          { /* "mcp" */ }                    | false
          """)
  void aConfigurationCountsWhereItCouldMakeSomethingRun(String text, boolean counts)
      throws IOException {
    write(".mimocode/mimocode.json", text);

    assertEquals(!counts, trust.standing(here).needsNone());
  }

  @Test
  void showsWhatChanged() throws IOException {
    write(REVIEW, "x");
    write(".mcp.json", "{}");
    write(".claude/agents/gone.md", "x");
    trust.grant(here, trust.standing(here));
    write(REVIEW, "y");
    Files.delete(repository.resolve(".claude/agents/gone.md"));
    write(".claude/agents/new.md", "x");

    var standing = trust.standing(here);

    assertEquals(
        List.of(
            new Standing.Entry(".claude/agents/gone.md", Change.REMOVED),
            new Standing.Entry(".claude/agents/new.md", Change.ADDED),
            new Standing.Entry(".mcp.json", Change.KEPT),
            new Standing.Entry(REVIEW, Change.CHANGED)),
        standing.entries());
    assertEquals(
        REVIEW
            + " comes with this repository, and 3 of its files that could run changed since you"
            + " trusted it",
        refusal(trust, script(REVIEW), Manner.ASKING));
  }

  @Test
  void whoeverSitsThereIsAskedOnceAndShownEverything() throws IOException {
    write(REVIEW, "x");
    write(".claude/agents/evil\u202e.md", "x");

    trust("y\n").admit(here, script(REVIEW), Manner.ASKING);

    assertEquals(
        REVIEW
            + " comes with this repository, which could run these files once you trust it:\n"
            + "  + .claude/agents/evil<U+202E>.md\n"
            + "  + "
            + REVIEW
            + "\nhash "
            + trust.standing(here).now().hash()
            + "\nTrust them? [y/N] ",
        err.toString(StandardCharsets.UTF_8));
    trust(null).admit(here, script(REVIEW), Manner.SILENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "n\n", "yesterday\n", ""})
  void anythingButYesIsNo(String typed) throws IOException {
    write(REVIEW, "x");

    refusal(trust(typed), script(REVIEW), Manner.ASKING);

    assertFalse(trust.standing(here).isTrusted());
  }

  @Test
  void nobodyIsAskedWhileARunGoesOn() throws IOException {
    write(REVIEW, "x");

    refusal(trust("y\n"), script(REVIEW), Manner.SILENT);

    assertEquals("", err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void theFlagCountsForItsProcessAloneAndIsNotKept() throws IOException {
    write(REVIEW, "x");
    var given = trust(null);
    given.giveForNow();

    given.admit(here, script(REVIEW), Manner.ASKING);

    assertTrue(given.admitted(here).test(repository.resolve(REVIEW), "x"));
    refusal(trust(null), script(REVIEW), Manner.ASKING);
    assertFalse(Files.exists(home.resolve("data")));
  }

  @Test
  void whatIsTakenBackIsNotTrusted() throws IOException {
    write(REVIEW, "x");
    trust.grant(here, trust.standing(here));

    assertTrue(trust.revoke(here));
    assertFalse(trust.revoke(here));

    refusal(trust, script(REVIEW), Manner.ASKING);
  }

  @Test
  void aFileThatChangesWhileItIsLookedAtDoesNotRun() throws IOException {
    write(REVIEW, "x");
    var read = script(REVIEW);
    write(REVIEW, "y");
    trust.grant(here, trust.standing(here));

    assertEquals(
        REVIEW + " changed while mimo looked at it; start again",
        refusal(trust, read, Manner.ASKING));
  }

  @Test
  void whereALinkLeadsIsAPartOfWhatIsAgreedTo() throws IOException {
    write(REVIEW, "x");
    var outside = Files.writeString(home.resolve("outside.md"), "one");
    var link = repository.resolve(".claude/agents/a.md");
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, outside);
    Files.createSymbolicLink(repository.resolve(".mimocode/hooks"), home.resolve("nowhere"));
    Files.createSymbolicLink(repository.resolve(".mimocode/plugins"), repository);
    trust.grant(here, trust.standing(here));

    assertTrue(trust.standing(here).isTrusted());
    Files.delete(link);
    Files.createSymbolicLink(link, home.resolve("other.md"));
    assertFalse(trust.standing(here).isTrusted());
  }

  @Test
  void whatIsReachedByALinkWithinTheRepositoryCounts() throws IOException {
    write(".agents/skills/a/SKILL.md", "x");
    Files.createDirectories(repository.resolve(".claude"));
    Files.createSymbolicLink(repository.resolve(".claude/skills"), Path.of("../.agents/skills"));
    trust.grant(here, trust.standing(here));

    var admitted = trust.admitted(here);

    assertTrue(admitted.test(repository.resolve(".claude/skills/a/SKILL.md"), "x"));
    assertTrue(admitted.test(repository.resolve(".agents/skills/a/SKILL.md"), "x"));
    assertFalse(admitted.test(repository.resolve(".claude/skills/a/SKILL.md"), "y"));
  }

  @Test
  void whatASkillHasInstalledIsNoPartOfIt() throws IOException {
    write(".claude/skills/a/SKILL.md", "x");
    write(".claude/skills/a/scripts/node_modules/b/index.js", "x");
    write(".claude/hooks/node_modules/index.js", "x");

    assertEquals(
        List.of(".claude/hooks/node_modules/index.js", ".claude/skills/a/SKILL.md"),
        List.copyOf(trust.standing(here).now().files().keySet()));
  }

  @Test
  void isKeptForItsOwnerAloneAndWhatIsDamagedCountsForNothing() throws IOException {
    write(REVIEW, "x");
    trust.grant(here, trust.standing(here));

    List<Path> files;
    try (var listed = Files.list(home.resolve("data/trust"))) {
      files = listed.toList();
    }
    assertEquals(1, files.size());
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(files.getFirst())));
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("data/trust"))));
    Files.writeString(files.getFirst(), Files.readString(files.getFirst()) + "nonsense\n");
    assertFalse(trust.standing(here).isTrusted());
  }

  @Test
  void whatTheUserHasMimoWriteStaysTrusted() throws IOException {
    var written = List.of(repository.resolve(REVIEW));
    trust.keepOver(here, written, () -> writeUnchecked(REVIEW, "x"));
    assertTrue(trust.standing(here).isTrusted());

    write(".claude/agents/a.md", "theirs");
    trust.keepOver(here, written, () -> writeUnchecked(REVIEW, "y"));
    assertFalse(trust.standing(here).isTrusted());
  }

  @Test
  void whatSomebodyElseWritesMeanwhileIsNotTrustedWithItA57() {
    trust.keepOver(
        here,
        List.of(repository.resolve(REVIEW)),
        () -> {
          writeUnchecked(REVIEW, "x");
          writeUnchecked(".claude/hooks/theirs.sh", "echo theirs");
        });

    assertFalse(trust.standing(here).isTrusted());
  }

  @Test
  void whatWasWrittenIsTrustedByWhatItSaysA57() throws IOException {
    var written = new Written();
    trust.keepOver(
        here,
        written,
        () -> {
          writeUnchecked(REVIEW, "x");
          written.text(repository.resolve(REVIEW), "x");
        });
    assertTrue(trust.standing(here).isTrusted());

    trust.keepOver(
        here,
        written,
        () -> {
          written.text(repository.resolve(REVIEW), "y");
          writeUnchecked(REVIEW, "theirs");
        });

    assertFalse(trust.standing(here).isTrusted());
  }

  @Test
  void whatWasWrittenBeforeAFailureStaysTrustedA57() {
    var written = new Written();

    assertThrows(
        IllegalStateException.class,
        () ->
            trust.keepOver(
                here,
                written,
                () -> {
                  writeUnchecked(REVIEW, "x");
                  written.file(repository.resolve(REVIEW));
                  throw new IllegalStateException("the disk is full");
                }));

    assertTrue(trust.standing(here).isTrusted());
  }

  private void writeUnchecked(String file, String text) {
    try {
      write(file, text);
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  @Test
  void nobodyCanAgreeToWithoutEnd() throws IOException {
    for (int i = 0; i <= 2_000; i++) {
      write(".claude/commands/" + i + ".md", "");
    }
    write(REVIEW, "x");

    var refused =
        assertThrows(CommandException.class, () -> trust.standing(here)).failure().message();

    assertEquals(
        repository + " cannot be trusted: it has more than 2000 files that could run", refused);
    assertFalse(trust.admitted(here).test(repository.resolve(REVIEW), "x"));
  }
}
