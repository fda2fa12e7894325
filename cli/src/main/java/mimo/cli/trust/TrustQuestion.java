package mimo.cli.trust;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mimo.cli.terminal.Terminal;
import mimo.cli.terminal.Terminal.Channel;
import mimo.cli.terminal.TerminalText;
import mimo.cli.trust.Standing.Change;
import mimo.cli.trust.Standing.Entry;

/// Asks whoever sits at the terminal whether a repository is trusted. Confined to the command's
/// thread.
final class TrustQuestion {

  private static final int MOST_LINES = 30;

  private final Terminal terminal;

  TrustQuestion(Terminal terminal) {
    this.terminal = terminal;
  }

  /// Whether somebody is there and says yes.
  ///
  /// @param script what is about to run
  boolean isAnswered(String script, Standing standing) {
    var input = terminal.input();
    if (input == null || terminal.errChannel() != Channel.TERMINAL) {
      return false;
    }
    say(
        script
            + " comes with this repository, which "
            + (standing.wasTrusted()
                ? "changed since you trusted it:"
                : "could run these files once you trust it:"));
    lines(standing).forEach(this::say);
    standing.now().open().forEach(open -> say("  note: " + open));
    say("hash " + standing.now().hash());
    terminal.err().print("Trust them? [y/N] ");
    terminal.err().flush();
    try {
      var answer = input.readLine();
      return answer != null
          && List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
    } catch (IOException gone) {
      return false;
    }
  }

  private void say(String line) {
    terminal.err().print(TerminalText.oneLine(line) + "\n");
  }

  /// The files that were not agreed to, or all if none was.
  static List<String> lines(Standing standing) {
    var lines = new ArrayList<String>();
    var changes =
        standing.entries().stream().filter(entry -> entry.change() != Change.KEPT).toList();
    for (var entry : changes.subList(0, Math.min(MOST_LINES, changes.size()))) {
      lines.add(line(entry));
    }
    if (changes.size() > MOST_LINES) {
      lines.add("  … and " + (changes.size() - MOST_LINES) + " more; mimo trust shows all");
    }
    return lines;
  }

  static String line(Entry entry) {
    return "  " + entry.change().mark() + " " + entry.path();
  }

  /// Why something may not run.
  String refusal(String script, Standing standing) {
    long changes =
        standing.entries().stream().filter(entry -> entry.change() != Change.KEPT).count();
    return script
        + " comes with this repository, "
        + (standing.wasTrusted()
            ? "and %d of its files that could run changed since you trusted it".formatted(changes)
            : "which you have not said you trust");
  }
}
