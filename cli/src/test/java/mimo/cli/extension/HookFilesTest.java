package mimo.cli.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mimo.agent.hook.Hook;
import mimo.agent.hook.Hook.Dialect;
import mimo.agent.hook.Hook.Origin;
import mimo.agent.hook.HookGuard;
import mimo.agent.hook.HookSettings;
import mimo.cli.script.Admission;
import mimo.cli.terminal.Terminal.Channel;
import mimo.cli.testing.Admissions;
import mimo.cli.testing.TestStreams;
import mimo.cli.trust.Trust;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A89: which hooks run, and for how long they may.
final class HookFilesTest {

  private static final String SETTINGS =
      """
      {"hooks": {"PreToolUse": [{"matcher": "Bash",
        "hooks": [{"type": "command", "command": "python3 tools/check.py --strict"}]}]}}
      """;

  @TempDir Path temp;
  private final List<String> notices = new ArrayList<>();
  private Path home;
  private Path root;
  private Path here;
  private Trust trust;

  @BeforeEach
  void furnish() throws IOException {
    home = temp.toRealPath().resolve("home");
    root = home.resolve("repository");
    here = Files.createDirectories(root.resolve("inner"));
    Files.createDirectory(root.resolve(".git"));
    trust = Admissions.real(home, new TestStreams().terminal(Channel.PIPE, Channel.PIPE));
  }

  private List<Hook> hooks(List<Hook> own) {
    var grounds = new Grounds(here, home.resolve("config"), home, trust, notices::add);
    return new HookFiles(grounds, name -> Optional.of(Path.of("/bin").resolve(name))).all(own);
  }

  private static Hook own(String... words) {
    var list = new StringBuilder("[{\"command\":[");
    list.append("\"").append(String.join("\",\"", words)).append("\"]}]");
    return HookSettings.read(
            "prompt", list.toString(), new Origin("mine", Dialect.MIMO, HookGuard.NONE))
        .getFirst();
  }

  private void put(String name, String text) throws IOException {
    var file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void grant() {
    trust.grant(here, trust.standing(here));
  }

  private static List<String> names(List<Hook> hooks) {
    return hooks.stream().map(hook -> hook.name() + " " + hook.origin().place()).toList();
  }

  @Test
  void theUsersRunFirstThenTheRepositorysFromItsRootDown() throws IOException {
    put(".mimocode/mimocode.json", "{\"hooks\": {\"stop\": [{\"command\": [\"a\"]}]}}");
    put(".claude/settings.json", SETTINGS);
    put("inner/.claude/settings.local.json", SETTINGS.replace("check.py", "local.py"));
    put("inner/.mimocode/mimocode.jsonc", "{\"hooks\": {\"stop\": [{\"command\": [\"b\"]}]}} // x");
    grant();

    assertEquals(
        List.of(
            "me mine",
            "a mimocode.json",
            "check.py " + root + "/.claude/settings.json PreToolUse",
            "b mimocode.jsonc",
            "local.py .claude/settings.local.json PreToolUse"),
        names(hooks(List.of(own("me")))));
    assertEquals(List.of(), notices);
  }

  @Test
  void withoutTrustOnlyTheUsersRunAndOneNoticeSaysSoA57() throws IOException {
    put(".mimocode/mimocode.json", "{\"hooks\": {\"stop\": [{\"command\": [\"a\"]}]}}");
    put(".claude/settings.json", SETTINGS);

    assertEquals(List.of("me mine"), names(hooks(List.of(own("me")))));
    assertEquals(List.of(Admission.LEFT_ASIDE), notices);
  }

  @Test
  void whatAHookNamesIsAPartOfWhatIsTrusted() throws IOException {
    put(".claude/settings.json", SETTINGS);
    put("inner/tools/check.py", "print()\n");
    put("inner/tools/other.py", "print()\n");

    var files = trust.standing(here).now().files().keySet();
    assertEquals(List.of(".claude/settings.json", "inner/tools/check.py"), List.copyOf(files));

    grant();
    put("inner/tools/other.py", "print(1)\n");
    assertEquals(1, hooks(List.of()).size());
    put("inner/tools/check.py", "print(1)\n");
    assertEquals(0, hooks(List.of()).size());
    assertFalse(trust.standing(here).isTrusted());
  }

  @Test
  void aProgramThatChangesOrAppearsWhileAHookIsKnownKeepsItFromRunning() throws IOException {
    put(".claude/settings.json", SETTINGS);
    put("inner/tools/check.py", "print()\n");
    grant();
    var hook = hooks(List.of()).getFirst();
    assertEquals(Optional.empty(), hook.origin().guard().objection());

    put("inner/tools/check.py", "print('evil')\n");
    assertEquals(
        Optional.of("inner/tools/check.py has changed since it was trusted"),
        hook.origin().guard().objection());

    put("inner/tools/check.py", "print()\n");
    put("tools/check.py", "print('evil')\n");
    assertEquals(
        Optional.of("tools/check.py lies in this repository and is not trusted"),
        hook.origin().guard().objection());
  }

  @Test
  void aHookOfTheUsersRunsNoProgramOfTheRepositoryUnlessThatIsTrusted() throws IOException {
    put("inner/lint.sh", "echo hi\n");
    var hook = hooks(List.of(own("./lint.sh"))).getFirst();

    assertEquals(
        Optional.of("inner/lint.sh lies in this repository and is not trusted"),
        hook.origin().guard().objection());
    assertEquals(
        Optional.empty(),
        hooks(List.of(own("/usr/bin/true"))).getFirst().origin().guard().objection());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cd tools && ./check.sh",
        "cd inner; cd deep && ./check.sh",
        "sh -c 'cd tools; . ./check.sh'",
        "\"$(git rev-parse --show-toplevel)/tools/check.sh\"",
        "${CLAUDE_PROJECT_DIR:-.}/tools/check.sh",
        "\"$CLAUDE_PROJECT_DIR\"/tools/check.sh",
        "\"${ROOT}/tools/check.sh\"",
        "PATH=tools:$PATH check.sh",
        "my\\ tools/check.sh",
        "'my tools/check.sh' x",
        "run --with=tools/check.sh",
        "python3 -m tools.check",
        "python3 -mtools.check"
      })
  void findsWhatAShellWouldA89(String command) throws IOException {
    var file = command.contains("-m") ? "tools/check.py" : "tools/check.sh";
    var all = List.of(file, "inner/deep/check.sh", "my tools/check.sh");
    var named = command.contains("my") ? all.get(2) : command.contains("deep") ? all.get(1) : file;
    for (var each : all) {
      put(each, "echo\n");
    }
    put(".claude/settings.json", prompted(command));
    grant();
    var hook = hooks(List.of()).getFirst();
    assertEquals(Optional.empty(), hook.origin().guard().objection());

    put(named, "echo evil\n");

    assertEquals(
        Optional.of(named + " has changed since it was trusted"),
        hook.origin().guard().objection());
    assertFalse(trust.standing(here).isTrusted());
  }

  private static String prompted(String command) {
    var text = command.replace("\\", "\\\\").replace("\"", "\\\"");
    return "{\"hooks\": {\"UserPromptSubmit\": [{\"hooks\": [{\"command\": \"" + text + "\"}]}]}}";
  }

  @Test
  void aHookOfMoreWordsThanAnyoneLooksAtIsNotRun() throws IOException {
    var words = new StringBuilder();
    for (int i = 0; i < 6_000; i++) {
      words.append("w").append(i).append(' ');
    }
    put("tools/check.sh", "echo\n");
    put(".claude/settings.json", prompted(words + "; tools/check.sh"));
    grant();

    assertEquals(
        Optional.of("could name more than 10000 paths"),
        hooks(List.of()).getFirst().origin().guard().objection());
  }

  @Test
  void saysWhatNobodyCanTellBeforeAHookRuns() throws IOException {
    put(".claude/settings.json", prompted("sh tools/$NAME.sh"));

    assertEquals(
        List.of(
            "the hook '$NAME.sh' ("
                + root
                + "/.claude/settings.json UserPromptSubmit) puts words together as it runs: what it"
                + " runs by them is looked at only where it is shown above"),
        trust.standing(here).now().open());
    put(".claude/settings.json", prompted("\"$CLAUDE_PROJECT_DIR\"/tools/check.sh"));
    assertEquals(List.of(), trust.standing(here).now().open());
  }

  @Test
  void aProgramThatAHookOfTheUsersNamesCanBeTrusted() throws IOException {
    put("inner/lint.sh", "echo hi\n");
    var mine = List.of(own("./lint.sh"));
    trust = Admissions.real(home, new TestStreams().terminal(Channel.PIPE, Channel.PIPE), mine);
    assertFalse(trust.standing(here).isTrusted());

    grant();

    assertEquals(Optional.empty(), hooks(mine).getFirst().origin().guard().objection());
    put("inner/lint.sh", "echo evil\n");
    assertFalse(trust.standing(here).isTrusted());
  }

  @Test
  void settingsThatCannotBeUnderstoodAreLeftAsideWithTheReason() throws IOException {
    put("inner/.claude/settings.json", "{\"hooks\": ");
    put("inner/.mimocode/mimocode.json", "{\"hooks\": {\"stop\": [{\"command\": \"rm x\"}]}}");
    grant();

    assertEquals(List.of(), hooks(List.of()));
    assertEquals(2, notices.size(), notices.toString());
    assertTrue(
        notices.getFirst().startsWith(".mimocode/mimocode.json is left aside: its hooks cannot be"),
        notices.toString());
    assertTrue(
        notices.getLast().startsWith(".claude/settings.json is left aside: it cannot be"),
        notices.toString());
  }

  @Test
  void settingsWithoutHooksNeedNoNotice() throws IOException {
    put("inner/.claude/settings.json", "{\"permissions\": {}}");

    assertEquals(List.of(), hooks(List.of()));
    assertEquals(List.of(), notices);
  }
}
