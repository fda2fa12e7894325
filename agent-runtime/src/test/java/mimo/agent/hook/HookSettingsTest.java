package mimo.agent.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import mimo.agent.hook.Hook.Dialect;
import mimo.agent.hook.Hook.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A85, A88: how hooks are configured.
final class HookSettingsTest {

  private static final Origin ORIGIN = new Origin("my.json", Dialect.MIMO, HookGuard.NONE);

  @Test
  void aHookIsAListOfWordsWithAPatternATimeAndAName() {
    var read =
        HookSettings.read(
            "tool_after",
            """
            [{"command": ["./tools/lint", "--fix"], "tool": "edit|write", "timeout": 600},
             {"command": ["notify"], "name": "bell"}]
            """,
            ORIGIN);

    assertEquals(
        List.of("lint [./tools/lint, --fix] edit|write PT10M", "bell [notify]  PT30S"),
        read.stream()
            .map(hook ->
                hook.name() + " " + hook.argv() + " " + hook.tools().text() + " " + hook.time())
            .toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "{\"command\": \"rm -rf x\"} # its command is a list of words such as [\"./check.sh\","
            + " \"--fast\"], not a string: no shell reads it",
        "{\"command\": []} # a hook needs a program to run",
        "{} # a hook needs a program to run",
        "{\"command\": [\"x\", 1]} # each word of its command is a string",
        "{\"command\": [\"x\"], \"timeout\": 601} # its timeout is a whole number of seconds from 1"
            + " to 600",
        "{\"command\": [\"x\"], \"event\": \"y\"} # unknown key 'event'; it takes [command, name,"
            + " timeout, tool]",
        "{\"command\": [\"x\"], \"tool\": \" \"} # its tool is a string that is not blank",
        "7 # it is no object",
      })
  void whatIsWrongIsSaidWithItsPlace(String hook, String why) {
    var refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> HookSettings.read("tool_before", "[" + hook + "]", ORIGIN));

    assertEquals("hook 1 of 'tool_before': " + why, refused.getMessage());
  }

  @Test
  void aPatternOfToolsBelongsToCallsAlone() {
    assertThrows(
        IllegalArgumentException.class,
        () -> HookSettings.read("stop", "[{\"command\": [\"x\"], \"tool\": \"bash\"}]", ORIGIN));
  }

  @Test
  void settingsOfClaudeAreReadAndWhatIsNotRunIsSaid() {
    var read =
        ClaudeSettings.read(
            """
            {"hooks": {
              "PreToolUse": [{"matcher": "Edit|Write", "hooks": [
                {"type": "command", "timeout": 900,
                 "command": "python3 \\"$CLAUDE_PROJECT_DIR/x/check.py\\""},
                {"type": "prompt", "prompt": "is it good?"}]},
                {"matcher": "[", "hooks": [{"type": "command", "command": "x"}]}],
              "Notification": [{"hooks": [{"type": "command", "command": "beep"}]}]}}
            """,
            Path.of("/bin/sh"),
            ".claude/settings.json",
            HookGuard.NONE);

    assertEquals(1, read.hooks().size());
    var hook = read.hooks().getFirst();
    assertEquals("check.py", hook.name());
    assertEquals(
        List.of("/bin/sh", "-c", "python3 \"$CLAUDE_PROJECT_DIR/x/check.py\""), hook.argv());
    assertEquals(Duration.ofMinutes(10), hook.time());
    assertEquals(
        List.of(
            "a hook of .claude/settings.json PreToolUse is left aside: '[' is no pattern of tools:"
                + " missing closing ].",
            "a hook of .claude/settings.json PreToolUse is left aside: only hooks of the type"
                + " command are run, not prompt.",
            "hooks at Notification in .claude/settings.json are left aside: there is no such moment"
                + " here."),
        read.notices().stream().sorted().toList());
    assertTrue(
        NamedPaths.of(hook, List.of(Path.of("/repo")))
            .orElseThrow()
            .contains(Path.of("/repo/x/check.py")));
  }

  @ParameterizedTest
  @CsvSource({
    "./a.sh --x=b/c.py, a.sh b/c.py",
    "cd sub && node ../tools/x.js | sh y.sh, tools/x.js y.sh",
    "'${CLAUDE_PROJECT_DIR}/deep/er.sh; $(z.sh)', deep/er.sh z.sh",
  })
  void everyPathAShellStringNamesIsFound(String command, String paths) {
    var hook =
        HookSettings.read(
                "prompt", "[{\"command\": [\"sh\", \"-c\", \"" + command + "\"]}]", ORIGIN)
            .getFirst();

    var found = NamedPaths.of(hook, List.of(Path.of("/repo"), Path.of("/repo/sub"))).orElseThrow();

    for (var path : paths.split(" ", -1)) {
      assertTrue(found.contains(Path.of("/repo", path)), path + " in " + found);
    }
  }
}
