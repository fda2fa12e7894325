package mimo.cli.command.memory;

import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import mimo.cli.memory.MemoryDesk;
import mimo.cli.terminal.Figures;
import mimo.cli.terminal.Format;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo memory reindex`: makes the full-text index anew.
final class MemoryReindex implements Subcommand {

  private final Setting setting;

  MemoryReindex(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "reindex",
            "Make the full-text index anew.",
            "",
            "Searching keeps it up to date by itself, and a damaged one is replaced.",
            "");
    Options.addFormat(spec);
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var desk = setting.memory().get();
    var update = MemoryDesk.told(() -> desk.search().rebuild());
    setting.say(
        Options.format(words) == Format.TEXT
            ? "%s in %s"
                .formatted(
                    Figures.count(update.sections(), "section"),
                    Figures.count(update.read(), "file"))
            : MemoryWords.object(json -> {
              json.writeNumberField("files", update.read());
              json.writeNumberField("sections", update.sections());
            }));
    return ExitCode.OK;
  }
}
