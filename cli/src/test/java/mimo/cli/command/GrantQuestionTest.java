package mimo.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

  private GrantAnswer ask(String typed, GrantRequest request) {
    var err = new PrintStream(shown, true, StandardCharsets.UTF_8);
    var input = new BufferedReader(new StringReader(typed));
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
  void whoLeavesHasNotAnsweredL7() {
    assertEquals(GrantAnswer.UNANSWERED, ask("", request()));
  }

  @Test
  void saysInPlainWordsWhatAnAnswerGivesL7() {
    assertEquals(GrantAnswer.GRANTED, ask("show\ny\n", request()));

    assertEquals(
        """
        review.js asks that its agents may, in this run alone and without a question:
          run commands  "git *"
          fetch from any server
        It asks for this too, and whatever you say does not get it:
          run commands  "git push *": no, bash "git push *" = deny (user, mimocode.jsonc:3)
        Your rules allow 1 more of what it asks for.
        What your rules deny or ask for stays so; protected files stay protected.
        Allow it? [y/N/show]   run commands  "git *": you decide
            it says: to see what changed
            but bash "git push *" = deny (user, mimocode.jsonc:3)
          fetch from any server: you decide
          run commands  "git push *": no, bash "git push *" = deny (user, mimocode.jsonc:3)
          read files  "src/*": allowed already, read = allow (built in)
        script hash 0af3
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
}
