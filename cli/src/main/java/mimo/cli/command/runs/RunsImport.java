package mimo.cli.command.runs;

import java.nio.file.Path;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.Format;
import mimo.cli.terminal.JsonText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo runs import`: takes an exported run into the store.
final class RunsImport implements Subcommand {

  private final Setting setting;

  RunsImport(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "import",
            "Take an exported run into the store.",
            "",
            "The file is checked first, entry by entry; of one that is damaged nothing is taken."
                + " If",
            "the store has a run of the same id, the imported one gets another.",
            "");
    spec.addPositional(Options.required("FILE", "What mimo runs export wrote."));
    Options.addFormat(spec);
    spec.usageMessage().footer("", "Examples:", "  mimo runs import 7f3a90b1c2d4.mimorun");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) {
    var run = setting.runs().get().shelf().take(Path.of(words.matchedPositionalValue(0, "")));
    setting.say(
        Options.format(words) == Format.TEXT
            ? run.value()
            : JsonText.of(json -> {
              json.writeStartObject();
              json.writeNumberField("v", 1);
              json.writeStringField("run", run.value());
              json.writeEndObject();
            }));
    return ExitCode.OK;
  }
}
