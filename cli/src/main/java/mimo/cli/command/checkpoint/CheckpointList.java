package mimo.cli.command.checkpoint;

import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import mimo.cli.memory.MemoryDesk;
import mimo.cli.terminal.Format;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo checkpoint list`: those of this project's sessions.
final class CheckpointList implements Subcommand {

  private final Setting setting;

  CheckpointList(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "list",
            "List the checkpoints of this project, the latest first.",
            "",
            "Each line has the session, which checkpoint of it this is, who wrote it, the last",
            "message it covers, and what the session is for.",
            "");
    Options.addFormat(spec);
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var desk = new CheckpointDesk(setting.memory().get());
    var err = setting.terminal().err();
    var all = MemoryDesk.told(() -> desk.list(why -> err.print(why + "\n")));
    if (Options.format(words) != Format.TEXT) {
      setting.say(
          CheckpointWords.object(json -> {
            json.writeArrayFieldStart("checkpoints");
            for (var each : all) {
              json.writeStartObject();
              CheckpointWords.write(json, each);
              json.writeEndObject();
            }
            json.writeEndArray();
          }));
      return ExitCode.OK;
    }
    all.forEach(each -> setting.say(CheckpointWords.line(each)));
    if (all.isEmpty()) {
      err.print(
          "no session of this project has a checkpoint yet; one is written once a conversation"
              + " is long, or by mimo checkpoint write SESSION\n");
    }
    return ExitCode.OK;
  }
}
