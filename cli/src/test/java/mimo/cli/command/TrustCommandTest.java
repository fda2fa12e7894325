package mimo.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mimo.cli.error.ExitCode;
import mimo.cli.testing.Commands;
import mimo.cli.testing.Golden;
import mimo.cli.testing.ScriptedInspection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `mimo trust` (A57).
final class TrustCommandTest {

  @TempDir Path temp;
  private Path folder = Path.of("");

  @BeforeEach
  void furnish() throws IOException {
    folder = Files.createDirectories(temp.toRealPath().resolve("repository"));
    Files.createDirectory(folder.resolve(".git"));
  }

  private void write(String file, String text) throws IOException {
    var path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private String shown(ExitCode exit, String... words) {
    var mimo = new Commands(new ScriptedInspection()).in(folder);
    assertEquals(exit, mimo.run(words));
    return (mimo.out() + mimo.err()).replace(folder.toString(), "/repository");
  }

  @Test
  void showsGrantsAndTakesBack() throws IOException {
    write(".mimocode/workflows/review.js", "x");
    write(".claude/agents/critic.md", "x");
    var text = new StringBuilder();

    text.append(shown(ExitCode.OK, "trust")).append("\n");
    text.append(shown(ExitCode.OK, "trust", "grant")).append("\n");
    text.append(shown(ExitCode.OK, "trust", "status")).append("\n");
    write(".mimocode/workflows/review.js", "y");
    write(".mcp.json", "{}");
    text.append(shown(ExitCode.OK, "trust", "status")).append("\n");
    text.append(shown(ExitCode.OK, "trust", "status", "--json")).append("\n");
    text.append(shown(ExitCode.OK, "trust", "revoke")).append("\n");
    text.append(shown(ExitCode.OK, "trust", "revoke"));

    Golden.assertMatches("trust.txt", text.toString());
  }

  @Test
  void aFolderThatBringsNothingNeedsNone() {
    assertEquals(
        "/repository\nIt brings nothing along that could run, and needs no trust.\n",
        shown(ExitCode.OK, "trust", "grant"));
  }

  @Test
  void aNameOfTheRepositoryIsRefusedUntilItIsTrusted() throws IOException {
    write(
        ".mimocode/workflows/review.js",
        "export const meta = { name: 'review', description: 'x' };\n");

    assertEquals(
        """
        MIMO-421 untrusted: .mimocode/workflows/review.js comes with this repository, which you \
        have not said you trust
        → look at it with mimo trust, then mimo trust grant; --trust trusts it for one run.
        """,
        shown(ExitCode.USAGE, "compose", "review"));
  }
}
