package mimo.cli.command.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import mimo.cli.error.ExitCode;
import mimo.cli.testing.Commands;
import mimo.cli.testing.Golden;
import mimo.cli.testing.ScriptedInspection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `mimo skills`, `mimo commands`, `mimo hooks`.
final class ExtensionCommandsTest {

  @TempDir Path temp;
  private Path home;
  private Path folder;

  @BeforeEach
  void furnish() throws IOException {
    home = temp.toRealPath();
    folder = Files.createDirectories(home.resolve("repository"));
    Files.createDirectory(folder.resolve(".git"));
  }

  private void put(String file, String text) throws IOException {
    var path = home.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private String shown(ExitCode exit, String... words) {
    var variables = Map.of("HOME", home.toString(), "PATH", "/usr/bin:/bin");
    var inspection = new ScriptedInspection().home(home, variables);
    var mimo = new Commands(inspection).in(folder).with(variables);
    assertEquals(exit, mimo.run(words), mimo.err());
    return ("$ mimo " + String.join(" ", words) + "\n" + mimo.out() + mimo.err())
        .replace(home.toString(), "/home");
  }

  @Test
  void showWhatIsThereAndWhatIsLeftAside() throws IOException {
    put(
        "repository/.claude/skills/charts/SKILL.md",
        "---\nname: charts\ndescription: Draws charts.\n---\nUse bars.\n");
    put("repository/.claude/skills/charts/bars.md", "x");
    put(
        ".config/mimocode/commands/fix.md",
        "---\ndescription: Fixes an issue\nargument-hint: NUMBER\nmodel: haiku\n---\nFix $1.\n");
    put("repository/.claude/commands/db/check.md", "Check the tables.\n");
    put("repository/check.sh", "#!/bin/sh\n");
    put(
        "repository/.claude/settings.json",
        "{\"hooks\": {\"Stop\": [{\"hooks\": [{\"type\": \"command\", \"command\":"
            + " \"./check.sh\"}]}]}}");
    var text = new StringBuilder();

    text.append(shown(ExitCode.OK, "skills", "list"));
    text.append(shown(ExitCode.OK, "commands", "list"));
    text.append(shown(ExitCode.OK, "hooks"));
    text.append(shown(ExitCode.USAGE, "commands", "show", "db:check"));
    shown(ExitCode.OK, "trust", "grant");
    text.append(shown(ExitCode.OK, "skills", "list"));
    text.append(shown(ExitCode.OK, "skills", "list", "--json"));
    text.append(shown(ExitCode.OK, "skills", "show", "charts"));
    text.append(shown(ExitCode.OK, "skills", "show", "charts", "--json"));
    text.append(shown(ExitCode.USAGE, "skills", "show", "chart"));
    text.append(shown(ExitCode.OK, "commands", "list"));
    text.append(shown(ExitCode.OK, "commands", "list", "--json"));
    text.append(shown(ExitCode.OK, "commands", "show", "/fix"));
    text.append(shown(ExitCode.OK, "commands", "show", "fix", "--json"));
    text.append(shown(ExitCode.OK, "hooks"));
    text.append(shown(ExitCode.OK, "hooks", "--json"));

    Golden.assertMatches("extensions.txt", text.toString());
  }

  @Test
  void sayWhatToDoWhereThereIsNothing() {
    assertEquals(
        """
        $ mimo skills list
        There are no skills here. One is a file .mimocode/skills/NAME/SKILL.md.
        """,
        shown(ExitCode.OK, "skills", "list"));
    assertEquals(
        """
        $ mimo commands list
        There are no commands here. One is a file .mimocode/commands/NAME.md.
        """,
        shown(ExitCode.OK, "commands", "list"));
    assertEquals("$ mimo hooks\nNo hooks run here.\n", shown(ExitCode.OK, "hooks"));
  }
}
