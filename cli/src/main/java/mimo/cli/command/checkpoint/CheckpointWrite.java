package mimo.cli.command.checkpoint;

import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import mimo.cli.memory.MemoryDesk;
import mimo.cli.terminal.Format;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo checkpoint write`: writes one now, without a model (K14).
final class CheckpointWrite implements Subcommand {

  private final Setting setting;

  CheckpointWrite(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "write",
            "Write the checkpoint of a session now, from what was said in it.",
            "",
            "No model is asked: what was said and done since the checkpoint before is sorted to",
            "its sections. Nobody may have the session open meanwhile.",
            "");
    spec.addPositional(Options.required("SESSION", "Id of a session, or its first digits."));
    Options.addFormat(spec);
    spec.usageMessage().footer("", "Examples:", "  mimo checkpoint write 7f3a");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var desk = new CheckpointDesk(setting.memory().get());
    var written = MemoryDesk.told(() -> desk.write(words.matchedPositionalValue(0, "")));
    if (Options.format(words) == Format.TEXT) {
      setting.say(
          "checkpoint %d of session %s covers its messages up to %s"
              .formatted(
                  written.checkpoint().watermark().number(),
                  written.session(),
                  CheckpointWords.name(written.checkpoint().watermark().covered())));
      setting.say(written.place().file().toString());
    } else {
      setting.say(
          CheckpointWords.object(json -> {
            CheckpointWords.write(json, written);
            CheckpointWords.writeSections(json, written);
          }));
    }
    return ExitCode.OK;
  }
}
