package mimo.cli.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mimo.agent.permission.Grant;
import mimo.agent.permission.Outlook;
import mimo.agent.permission.Outlook.Stand;
import mimo.agent.permission.Rule;
import mimo.cli.grant.GrantAnswer;
import mimo.cli.grant.GrantRequest;
import mimo.cli.grant.GrantRequest.Item;
import mimo.cli.terminal.Terminal;
import mimo.cli.terminal.TerminalText;
import org.jspecify.annotations.Nullable;

/// Puts to whoever sits at the terminal what a script asks for at its launch (L7). Confined to the
/// command's thread.
final class GrantQuestion {

  /// What is shown of each kind before all of it is.
  private static final int FIRST_LINES = 20;

  private static final int MOST_EXCEPTIONS = 5;
  private static final int MOST_QUESTIONS = 10;
  private static final int REASON_CHARS = 200;
  private static final int MOST_TYPED_AHEAD = 100_000;

  /// What is refused may be anything, of any length.
  private static final int REFUSED_CHARS = 60;

  private final Terminal terminal;
  private final BufferedReader input;

  GrantQuestion(Terminal terminal, BufferedReader input) {
    this.terminal = terminal;
    this.input = input;
  }

  /// Asks until it is answered. Nobody agrees to what was not shown.
  GrantAnswer ask(GrantRequest request) {
    summary(request);
    boolean all = request.items().size() <= FIRST_LINES;
    for (int asked = 0; asked < MOST_QUESTIONS; asked++) {
      var word = answer();
      if (word == null) {
        return GrantAnswer.UNANSWERED;
      }
      boolean agreed = List.of("y", "yes").contains(word);
      if (agreed && all) {
        return GrantAnswer.GRANTED;
      }
      if (!agreed && !List.of("s", "show").contains(word)) {
        return GrantAnswer.REFUSED;
      }
      details(request);
      all = true;
    }
    return GrantAnswer.REFUSED;
  }

  private @Nullable String answer() {
    try {
      dropTypedAhead();
      terminal.err().print("Allow it? [y/N/show] ");
      terminal.err().flush();
      var line = input.readLine();
      return line == null ? null : line.strip().toLowerCase(Locale.ROOT);
    } catch (IOException gone) {
      return null;
    }
  }

  /// What was typed before the question was there answers something else.
  private void dropTypedAhead() throws IOException {
    for (int dropped = 0; dropped < MOST_TYPED_AHEAD && input.ready(); dropped++) {
      if (input.read() < 0) {
        return;
      }
    }
  }

  private void summary(GrantRequest request) {
    say(request.script() + " asks for permissions, for this run alone.");
    var refused = request.standing(Stand.REFUSED);
    if (!refused.isEmpty()) {
      say("It asks for this, and whatever you say does not get it:");
      show(refused, Words.REASONED);
    }
    int allowed = request.standing(Stand.ALLOWED).size();
    if (allowed > 0) {
      say("Your rules allow %d more of what it asks for.".formatted(allowed));
    }
    say("What your rules deny or ask for stays so; protected files stay protected.");
    say("After a yes it, its agents and the scripts it runs may, without a question:");
    show(request.standing(Stand.OPEN), Words.PLAIN);
  }

  /// How much is said of a thing.
  private enum Words {
    PLAIN,
    REASONED
  }

  private void show(List<Item> items, Words how) {
    for (var item : items.subList(0, Math.min(FIRST_LINES, items.size()))) {
      say(how == Words.PLAIN ? line(item.outlook().asked()) : reasoned(item.outlook()));
    }
    if (items.size() > FIRST_LINES) {
      say("  … and %d more".formatted(items.size() - FIRST_LINES));
    }
  }

  private void details(GrantRequest request) {
    say("script hash " + request.hash());
    for (var stand : List.of(Stand.REFUSED, Stand.ALLOWED, Stand.OPEN)) {
      request.standing(stand).forEach(this::detail);
    }
  }

  private void detail(Item item) {
    var outlook = item.outlook();
    say(
        switch (outlook.stand()) {
          case OPEN -> line(outlook.asked()) + ": you decide";
          case ALLOWED -> line(outlook.asked()) + ": allowed already, " + outlook.reason();
          case REFUSED -> reasoned(outlook);
        });
    if (!item.reason().isBlank()) {
      say("    it says: " + quoted(item.reason(), REASON_CHARS));
    }
    exceptions(outlook.exceptions()).forEach(this::say);
  }

  /// Words of the script, in which no padding draws other lines.
  private static String quoted(String text, int chars) {
    return TerminalText.cut(text.strip().replaceAll("\\s+", " ").replace('"', '\''), chars);
  }

  private static List<String> exceptions(List<Rule> rules) {
    var lines = new ArrayList<String>();
    for (var rule : rules.subList(0, Math.min(MOST_EXCEPTIONS, rules.size()))) {
      lines.add("    but " + rule.text());
    }
    if (rules.size() > MOST_EXCEPTIONS) {
      lines.add("    and %d more of your rules".formatted(rules.size() - MOST_EXCEPTIONS));
    }
    return lines;
  }

  private static String reasoned(Outlook outlook) {
    var asked = outlook.asked();
    var shown =
        new Grant(
            quoted(asked.permission(), REFUSED_CHARS), quoted(asked.pattern(), REFUSED_CHARS));
    return line(shown) + ": no, " + outlook.reason();
  }

  private static String line(Grant asked) {
    var which = asked.pattern().equals(Rule.DEFAULT) ? "" : "  \"" + asked.pattern() + "\"";
    return "  " + words(asked.permission(), which.isEmpty()) + which;
  }

  /// What a permission is, for somebody who does not know its name.
  private static String words(String permission, boolean every) {
    return switch (permission) {
      case "bash" -> every ? "run any command" : "run commands";
      case "network" -> every ? "use the network in any command" : "use the network in commands";
      case "read" -> every ? "read any file" : "read files";
      case "edit" -> every ? "change any file" : "change files";
      case "external_directory" ->
          every ? "reach any path outside the workspace" : "reach paths outside the workspace";
      case "webfetch" -> every ? "fetch from any server" : "fetch from servers";
      case "mcp" -> every ? "use any tool of MCP servers" : "use tools of MCP servers";
      default -> "use the tool " + permission;
    };
  }

  private void say(String line) {
    terminal.err().print(TerminalText.oneLine(line) + "\n");
  }
}
