package mimo.cli.command.runs;

import java.util.Locale;
import mimo.cli.command.Options;
import mimo.cli.command.Runs;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import mimo.cli.error.Failure;
import mimo.cli.terminal.Format;
import mimo.cli.terminal.JsonText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo runs rm`: removes runs for good.
final class RunsRemove implements Subcommand {

  private final Setting setting;

  RunsRemove(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "rm",
            "Remove runs for good.",
            "",
            "Their bytes are overwritten in the store. A run that some process works on is"
                + " refused,",
            "and so is one whose entries a fork shares, unless the fork is removed with it, and"
                + " one",
            "that is pinned.",
            "");
    spec.addOption(Options.flag("--force", "Remove pinned runs, too."));
    spec.addPositional(Options.several("RUN", 1, "Ids of runs, or their first digits."));
    Options.addFormat(spec);
    spec.usageMessage().footer("", "Examples:", "  mimo runs rm 7f3a", "  mimo runs rm 7f3a 81c0");
    return spec;
  }

  private static void refuse(Runs.Line pinned) {
    var id = pinned.id().value();
    var message = "run " + id + " is pinned; nothing is removed";
    throw new CommandException(new Failure("run_pinned", message, null, null, id));
  }

  @Override
  public ExitCode run(ParseResult words) {
    var runs = setting.runs().get();
    var found = Options.several(words).stream().map(runs::find).toList();
    if (!words.hasMatchedOption("--force")) {
      found.stream().filter(Runs.Line::pinned).findFirst().ifPresent(RunsRemove::refuse);
    }
    var ids = found.stream().map(Runs.Line::id).distinct().toList();
    long freed = runs.shelf().remove(ids);
    if (Options.format(words) == Format.TEXT) {
      setting.say(
          String.format(
              Locale.ROOT,
              "removed %d %s, %s",
              ids.size(),
              ids.size() == 1 ? "run" : "runs",
              RunsGc.size(freed)));
    } else {
      setting.say(
          JsonText.of(json -> {
            json.writeStartObject();
            json.writeNumberField("v", 1);
            json.writeArrayFieldStart("removed");
            for (var id : ids) {
              json.writeString(id.value());
            }
            json.writeEndArray();
            json.writeNumberField("freedBytes", freed);
            json.writeEndObject();
          }));
    }
    return ExitCode.OK;
  }
}
