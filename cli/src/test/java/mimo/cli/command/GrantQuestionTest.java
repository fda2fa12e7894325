package mimo.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import mimo.agent.permission.Decision;
import mimo.agent.permission.Grant;
import mimo.agent.permission.Outlook;
import mimo.agent.permission.Outlook.Stand;
import mimo.agent.permission.Rule;
import mimo.cli.grant.GrantAnswer;
import mimo.cli.grant.GrantRequest;
import mimo.cli.grant.GrantRequest.Item;
import mimo.cli.terminal.Terminal;
import mimo.cli.terminal.Terminal.Channel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What somebody at a terminal sees of a script that asks for permissions (L7).
final class GrantQuestionTest {

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  /// Lines that are typed when they are waited for, but for what was typed before.
  private static final class Keyboard extends Reader {
    private final Deque<String> lines = new ArrayDeque<>();
    private boolean ahead;

    Keyboard(String ahead, String typed) {
      this.ahead = !ahead.isEmpty();
      if (this.ahead) {
        lines.add(ahead);
      }
      typed.lines().forEach(line -> lines.add(line + "\n"));
    }

    @Override
    public boolean ready() {
      return ahead;
    }

    @Override
    public int read(char[] into, int from, int length) {
      ahead = false;
      var line = lines.poll();
      if (line == null) {
        return -1;
      }
      line.getChars(0, line.length(), into, from);
      return line.length();
    }

    @Override
    public void close() {}
  }

  private GrantAnswer ask(String typed, GrantRequest request) {
    return ask("", typed, request);
  }

  private GrantAnswer ask(String ahead, String typed, GrantRequest request) {
    var err = new PrintStream(shown, true, StandardCharsets.UTF_8);
    var input = new BufferedReader(new Keyboard(ahead, typed));
    var terminal = new Terminal(err, Channel.PIPE, err, Channel.TERMINAL, input);
    return new GrantQuestion(terminal, input).ask(request);
  }

  private static Item open(String permission, String pattern, String reason) {
    var asked = new Grant(permission, pattern);
    return new Item(new Outlook(asked, Stand.OPEN, "", List.of()), reason);
  }

  private static GrantRequest request() {
    var push = new Rule("bash", "git push *", Decision.DENY, Rule.Layer.USER, "mimocode.jsonc:3");
    return new GrantRequest(
        "review.js",
        "0af3",
        List.of(
            new Item(
                new Outlook(new Grant("bash", "git *"), Stand.OPEN, "", List.of(push)),
                "to see what changed"),
            open("webfetch", "*", ""),
            new Item(
                new Outlook(new Grant("bash", "git push *"), Stand.REFUSED, push.text(), List.of()),
                ""),
            new Item(
                new Outlook(
                    new Grant("read", "src/*"),
                    Stand.ALLOWED,
                    "read = allow (built in)",
                    List.of()),
                "")));
  }

  @ParameterizedTest
  @CsvSource({
    "y, GRANTED",
    "YES, GRANTED",
    "n, REFUSED",
    "'', REFUSED",
    "yep, REFUSED",
    "all, REFUSED",
  })
  void onlyAYesIsOneL7(String typed, GrantAnswer answer) {
    assertEquals(answer, ask(typed + "\n", request()));
  }

  @Test
  void whatWasTypedBeforeTheQuestionIsNoAnswerL7() {
    assertEquals(GrantAnswer.REFUSED, ask("y\n", "n\n", request()));
    assertEquals(GrantAnswer.UNANSWERED, ask("y\n", "", request()));
    assertEquals(GrantAnswer.GRANTED, ask("n\nn\n", "y\n", request()));
  }

  @Test
  void whoLeavesHasNotAnsweredL7() {
    assertEquals(GrantAnswer.UNANSWERED, ask("", request()));
  }

  @Test
  void saysInPlainWordsWhatAnAnswerGivesL7() {
    assertEquals(GrantAnswer.GRANTED, ask("show\ny\n", request()));

    assertEquals(
        """
        review.js asks for permissions, for this run alone.
        It asks for this, and whatever you say does not get it:
          run commands  "git push *": no, bash "git push *" = deny (user, mimocode.jsonc:3)
        Your rules allow 1 more of what it asks for.
        What your rules deny or ask for stays so; protected files stay protected.
        After a yes it, its agents and the scripts it runs may, without a question:
          run commands  "git *"
          fetch from any server
        Allow it? [y/N/show] script hash 0af3
          run commands  "git push *": no, bash "git push *" = deny (user, mimocode.jsonc:3)
          read files  "src/*": allowed already, read = allow (built in)
          run commands  "git *": you decide
            it says: to see what changed
            but bash "git push *" = deny (user, mimocode.jsonc:3)
          fetch from any server: you decide
        Allow it? [y/N/show] \
        """,
        shown.toString(StandardCharsets.UTF_8));
  }

  @Test
  void nobodyAgreesToWhatWasNotShownL7() {
    var items = new ArrayList<Item>();
    for (int i = 1; i <= 30; i++) {
      items.add(open("bash", "command" + i, ""));
    }
    var request = new GrantRequest("many.js", "0af3", items);

    assertEquals(GrantAnswer.REFUSED, ask("y\nn\n", request));
    var text = shown.toString(StandardCharsets.UTF_8);
    assertEquals(1, text.split("command30\"", -1).length - 1);
    assertEquals(GrantAnswer.GRANTED, ask("y\ny\n", request));
  }

  @Test
  void whatAScriptSaysCannotSteerTheTerminalL7() {
    var request =
        new GrantRequest(
            "evil\u001b[2J.js", "0af3", List.of(open("bash", "ls", "a\u001b[1A\n\rfine\u202e")));

    ask("show\nn\n", request);

    var text = shown.toString(StandardCharsets.UTF_8);
    assertFalse(text.contains("\u001b") || text.contains("\r") || text.contains("\u202e"), text);
  }

  @Test
  void whatIsRefusedIsCutAndDrawsNothingL7() {
    var padding = " ".repeat(5000);
    var asked = new Grant("sudo" + padding + "fine", "ls" + padding + "x".repeat(500_000));
    var refused =
        new Item(
            new Outlook(asked, Stand.REFUSED, "there is no such permission", List.of()),
            "it" + padding + "is");

    ask("show\nn\n", new GrantRequest("evil.js", "0af3", List.of(refused)));

    var text = shown.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains("\n    it says: it is\n"), text);
    assertTrue(text.contains("\n  use the tool sudo fine  \"ls x"), text);
    assertTrue(text.lines().allMatch(line -> line.length() < 200), text);
  }
}
