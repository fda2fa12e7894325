package mimo.cli.command.runs;

import java.nio.file.Path;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.Format;
import mimo.cli.terminal.JsonText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo runs export`: writes all of a run into one file.
final class RunsExport implements Subcommand {

  private final Setting setting;

  RunsExport(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "export",
            "Write all of a run into one file.",
            "",
            "The file holds the journal, the sessions of its agents, large values and scripts. It",
            "can be read by mimo runs import and replayed by mimo test. What looks like a secret"
                + " is",
            "removed from it, also where the store keeps it; such a copy is marked as scrubbed.",
            "");
    spec.addPositional(RunsResume.runId());
    spec.addOption(
        Options.text("--output", "FILE", "Where to; RUN.mimorun in this folder if not said."));
    Options.addFormat(spec);
    spec.usageMessage()
        .footer(
            "",
            "Examples:",
            "  mimo runs export 7f3a",
            "  mimo runs export 7f3a --output .mimocode/tests/review.mimorun");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) {
    var runs = setting.runs().get();
    var run = runs.id(words.matchedPositionalValue(0, ""));
    var named = Options.text(words, "--output");
    if ("-".equals(named)) {
      throw new CommandException("usage", "--output names a file; a run is not printed");
    }
    var exported = runs.shelf().export(run, named == null ? null : Path.of(named));
    exported
        .missing()
        .forEach(script ->
            setting
                .terminal()
                .err()
                .print(
                    "mimo: "
                        + script
                        + " is gone or has changed, so its text is not in the file\n"));
    if (Options.format(words) == Format.TEXT) {
      setting.say(exported.file().toString());
    } else {
      setting.say(
          JsonText.of(json -> {
            json.writeStartObject();
            json.writeNumberField("v", 1);
            json.writeStringField("run", run.value());
            json.writeStringField("file", exported.file().toString());
            json.writeNumberField("bytes", exported.bytes());
            json.writeArrayFieldStart("missing");
            for (var script : exported.missing()) {
              json.writeString(script);
            }
            json.writeEndArray();
            json.writeEndObject();
          }));
    }
    return ExitCode.OK;
  }
}
