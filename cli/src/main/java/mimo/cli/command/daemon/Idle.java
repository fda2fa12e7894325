package mimo.cli.command.daemon;

import java.time.Duration;
import mimo.cli.command.Options;
import mimo.cli.command.Watchers;
import mimo.cli.config.Span;
import mimo.cli.error.CommandException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `--idle`: how long a daemon stays with nothing to wait for.
final class Idle {

  private static final String OPTION = "--idle";

  private Idle() {}

  static void add(CommandSpec spec) {
    spec.addOption(
        Options.text(
            OPTION, "TIME", "End after so long with nothing parked: 10m, 1h (the default)."));
  }

  static Duration of(ParseResult words) {
    var text = Options.text(words, OPTION);
    return text == null
        ? Watchers.IDLE
        : Span.parse(text)
            .orElseThrow(() ->
                new CommandException(
                    "usage", OPTION + " is " + Span.WANTED + "; found '" + text + "'"));
  }
}
