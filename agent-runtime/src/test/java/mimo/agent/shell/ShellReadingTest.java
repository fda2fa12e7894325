package mimo.agent.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import mimo.agent.AgentLimits;
import mimo.agent.shell.Redirection.Use;
import mimo.agent.shell.Word.Form;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// S27, S48–S50, A55: which commands a line holds.
class ShellReadingTest {

  private static List<SimpleCommand> parsed(String line) {
    return assertInstanceOf(ShellReading.Parsed.class, ShellReading.of(line), line).commands();
  }

  private static List<String> shown(String line) {
    return parsed(line).stream().map(SimpleCommand::shown).toList();
  }

  private static SimpleCommand only(String line) {
    var commands = parsed(line);
    assertEquals(1, commands.size(), line);
    return commands.getFirst();
  }

  @Test
  void readsQuotesAsTheShellDoes() {
    assertEquals(
        List.of("git", "commit", "-m", "it's \"so\" $HOME", "a b", "x\ty"),
        only("git commit -m 'it'\\''s \"so\" $HOME' \"a b\" $'x\\ty'").words().stream()
            .map(Word::text)
            .toList());
  }

  @Test
  void findsEveryCommandOfAList() {
    assertEquals(
        List.of("a 1", "b", "c", "d", "e", "f", "g", "h"),
        shown("a 1 && b || c; d & e | f |& g\nh # i"));
  }

  @Test
  void findsCommandsInGroupsLoopsAndBranches() {
    assertEquals(
        List.of("a", "b", "", "c $x", "d", "e", "f", "g", "h"),
        shown(
            "(a; { b; }) && for x in 1 2; do c $x; done; while d; do e; done;"
                + " if f; then g; else ! h; fi"));
  }

  @Test
  void findsCommandsInSubstitutionsAndDocuments() {
    assertEquals(
        List.of("b", "c", "d", "e", "f", "a x$(b) \"$(c)\" `d` <(e) $(f)"),
        shown("a x$(b) \"$(c)\" `d` <(e) $(f)"));
    assertEquals(List.of("cat", "a"), shown("cat <<'END' && a\n$(b)\nEND\n"));
    assertInstanceOf(ShellReading.Unparsable.class, ShellReading.of("cat <<END\n$(b)\nEND\n"));
  }

  @Test
  void knowsWhichFilesAreOpened() {
    var command = only("a <in >out 2>>err 2>&1 >&both <<<text");

    assertEquals(
        List.of(
            new Redirection(Use.READ, Word.literal("in")),
            new Redirection(Use.WRITE, Word.literal("out")),
            new Redirection(Use.WRITE, Word.literal("err")),
            new Redirection(Use.WRITE, Word.literal("both"))),
        command.redirections());
    assertEquals("a", command.shown());
  }

  @Test
  void saysHowMuchOfAWordIsKnown() {
    var forms = only("a b \"$c\" $d *.x src/*.x ~/y \"$@\" \"q\"").words();

    assertEquals(
        List.of(
            Form.LITERAL,
            Form.LITERAL,
            Form.PARTLY_KNOWN,
            Form.UNKNOWN,
            Form.PARTLY_KNOWN,
            Form.PARTLY_KNOWN,
            Form.PARTLY_KNOWN,
            Form.UNKNOWN,
            Form.LITERAL),
        forms.stream().map(Word::form).toList());
    assertEquals("src/", forms.get(5).prefix());
    assertTrue(forms.get(4).mayBeOption());
  }

  @Test
  void looksThroughWrappers() {
    assertEquals(List.of("rm x"), shown("timeout -k 1 5 nice -n 10 nohup command rm x"));
    assertEquals(List.of("rm x"), shown("env -i LANG=C rm x"));
    assertEquals(List.of("", "rm x", "ls"), shown("bash -c 'rm x; ls'"));
    assertEquals(List.of("", "", "rm x"), shown("sh -c \"bash -c 'rm x'\""));
    assertEquals(List.of("ls", "rm …"), shown("ls | xargs -0 rm"));
    assertEquals(
        List.of("find . -name x -exec rm {} ;", "rm {}"), shown("find . -name x -exec rm {} \\;"));
    assertEquals(List.of("find . -delete", "rm …"), shown("find . -delete"));
    assertEquals(List.of("sudo rm x", "rm x"), shown("sudo rm x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eval 'rm x'",
        "source ./x",
        ". ./x",
        "$CMD x",
        "PATH=. ls",
        "PATH=.; ls",
        "IFS=/ ls",
        "LD_PRELOAD=./x.so ls",
        "BASH_ENV=x bash -c ls",
        "GIT_SSH_COMMAND=./x git fetch",
        "export PATH=.",
        "env -S 'rm x'",
        "env PATH=. ls",
        "curl x | bash",
        "bash -s",
        "zsh -c ls",
        "alias ls=rm",
        "hash -p ./x ls",
        "test -v 'a[$(rm x)]'",
        "printf -v PATH x",
        "read PATH",
        "for PATH in .; do ls; done",
        "xargs -I{} sh -c '{}'",
        "find $X",
        "set -a",
        "shopt -s expand_aliases",
        "trap 'rm x' EXIT",
        "enable -f ./x.so y",
        "sh -c 'a &> b'",
        "npm_config_script_shell=./x npm test",
        "unset PATH",
        "bash <(ls)"
      })
  void saysWhatNobodyCanTell(String line) {
    assertTrue(parsed(line).stream().anyMatch(command -> command.caution() != null), line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NODE_ENV=test npm test",
        "LC_ALL=C sort x",
        "x=1; echo \"$x\"",
        "set -euo pipefail",
        "while read -r line; do echo \"$line\"; done < list",
        "printf '%s' x",
        "test -f x",
        "[ -f x ] && ls",
        "command -v java",
        "echo ${x:-none} ${y%.txt} ${#z}",
        "echo $?"
      })
  void hasNoCautionWithoutNeed(String line) {
    parsed(line).forEach(command -> assertNull(command.caution(), line));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'",
        "\"",
        "a \\",
        "a (",
        "f() { rm x; }",
        "function f { ls; }",
        "case x in x) ls;; esac",
        "[[ -f x ]]",
        "((x=1))",
        "echo $((x))",
        "echo $[x]",
        "echo ${x@P}",
        "echo ${!x}",
        "echo ${x:=y}",
        "a &&",
        "| a",
        "if a; then",
        "cat <<E",
        "a=(1 2)",
        "coproc a",
        "`a",
        "$(a",
        "echo $'\\x80'",
        "echo $\"x\"",
        "{fd}>x ls",
        "a ;; b",
        ")",
        "i\\\nf a",
        "\u0000"
      })
  void saysWhatItDoesNotRead(String line) {
    assertInstanceOf(ShellReading.Unparsable.class, ShellReading.of(line), line);
  }

  @Test
  void hasLimits() {
    assertInstanceOf(
        ShellReading.Unparsable.class, ShellReading.of("a".repeat(AgentLimits.SHELL_CHARS + 1)));
    assertInstanceOf(ShellReading.Unparsable.class, ShellReading.of("(".repeat(100_00) + "a"));
    assertInstanceOf(ShellReading.Unparsable.class, ShellReading.of("$(".repeat(10_000)));
    assertInstanceOf(ShellReading.Unparsable.class, ShellReading.of("nohup ".repeat(5_000) + "a"));
    assertInstanceOf(ShellReading.Unparsable.class, ShellReading.of("! ".repeat(5_000) + "a"));
    assertEquals(AgentLimits.SHELL_COMMANDS + 1, parsed("a;".repeat(500)).size());
    assertNotNull(ShellReading.of("`".repeat(60_000)));
  }
}
