package mimo.cli.command.runs;

import java.time.Duration;
import java.util.Locale;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Shelf;
import mimo.cli.command.Shelf.Mode;
import mimo.cli.command.Subcommand;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.Format;
import mimo.cli.terminal.JsonText;
import mimo.cli.terminal.TerminalText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo runs gc`: removes ended runs of long ago.
final class RunsGc implements Subcommand {

  private static final int DEFAULT_DAYS = 30;
  private static final int DEFAULT_KEEP = 50;
  private static final int MOST_DAYS = 36_500;
  private static final int MOST_KEPT = 1_000_000;

  private final Setting setting;

  RunsGc(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "gc",
            "Remove ended runs of long ago.",
            "",
            "Never touched are runs that have not ended, pinned runs (mimo runs pin), and runs"
                + " that",
            "a fork needs which stays.",
            "");
    spec.addOption(
        Options.text(
            "--older-than", "DAYS", "Only those that ended so long ago: 30d if not said."));
    spec.addOption(
        Options.text("--keep", "COUNT", "The newest runs stay in any case: 50 if not said."));
    spec.addOption(Options.flag("--dry-run", "Show what would go, and remove nothing."));
    Options.addFormat(spec);
    spec.usageMessage()
        .footer(
            "",
            "Examples:",
            "  mimo runs gc --dry-run",
            "  mimo runs gc --older-than 7d --keep 20");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) {
    var mode = words.hasMatchedOption("--dry-run") ? Mode.SHOW : Mode.REMOVE;
    var plan = new Shelf.Plan(age(Options.text(words, "--older-than")), keep(words), mode);
    var swept = setting.runs().get().shelf().sweep(plan);
    if (Options.format(words) == Format.TEXT) {
      tell(swept, mode);
    } else {
      setting.say(json(swept, mode));
    }
    return ExitCode.OK;
  }

  private static int keep(ParseResult words) {
    if ("0".equals(Options.text(words, "--keep"))) {
      return 0;
    }
    var keep = Options.number(words, "--keep", MOST_KEPT);
    return keep == null ? DEFAULT_KEEP : keep;
  }

  private static Duration age(@Nullable String text) {
    if (text == null) {
      return Duration.ofDays(DEFAULT_DAYS);
    }
    var days = text.endsWith("d") ? text.substring(0, text.length() - 1) : text;
    try {
      int number = Integer.parseInt(days);
      if (number >= 0 && number <= MOST_DAYS) {
        return Duration.ofDays(number);
      }
    } catch (NumberFormatException e) {
      // Told below, as a number out of range is.
    }
    throw new CommandException(
        "usage", "--older-than is a number of days such as 30d; found '" + text + "'");
  }

  private void tell(Shelf.Swept swept, Mode mode) {
    swept
        .runs()
        .forEach(run -> {
          var ended = String.valueOf(run.endedAt());
          setting.say(
              run.id()
                  + "  "
                  + ended.substring(0, Math.min(10, ended.length()))
                  + "  "
                  + TerminalText.visible(run.workflow()));
        });
    setting.say(
        String.format(
            Locale.ROOT,
            "%s %d %s; the store has %s",
            mode == Mode.SHOW ? "would remove" : "removed",
            swept.runs().size(),
            swept.runs().size() == 1 ? "run" : "runs",
            size(swept.bytes())));
  }

  static String size(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
  }

  private static String json(Shelf.Swept swept, Mode mode) {
    return JsonText.of(json -> {
      json.writeStartObject();
      json.writeNumberField("v", 1);
      json.writeArrayFieldStart(mode == Mode.SHOW ? "wouldRemove" : "removed");
      for (var run : swept.runs()) {
        json.writeString(run.id().value());
      }
      json.writeEndArray();
      json.writeNumberField("storeBytes", swept.bytes());
      json.writeEndObject();
    });
  }
}
