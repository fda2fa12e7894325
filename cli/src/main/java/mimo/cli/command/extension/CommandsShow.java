package mimo.cli.command.extension;

import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import mimo.cli.extension.CommandFiles;
import mimo.cli.terminal.JsonText;
import mimo.cli.terminal.TerminalText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo commands show`: one command, and the prompt it becomes.
final class CommandsShow implements Subcommand {

  private final Setting setting;

  CommandsShow(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var show = Options.command("show", "Show a command and the prompt it makes.");
    show.addPositional(Options.required("NAME", "The command's name, with or without its slash."));
    Options.addFormat(show);
    return show;
  }

  @Override
  public ExitCode run(ParseResult words) {
    var name = words.matchedPositionalValue(0, "").replaceFirst("^/", "");
    var known = CommandFiles.in(ExtensionSetting.grounds(setting)).find(name);
    var command = known.command();
    switch (Options.format(words)) {
      case TEXT -> {
        var call = ("/" + command.name() + " " + command.hint()).strip();
        setting.say(TerminalText.oneLine(call + ": " + command.description()));
        setting.say(TerminalText.oneLine(known.owner() + ": " + known.file()) + "\n");
        setting.say(TerminalText.visible(command.template()));
      }
      case JSON, STREAM_JSON ->
          setting.say(
              JsonText.of(json -> {
                json.writeStartObject();
                json.writeNumberField("v", 1);
                CommandsList.write(json, known);
                json.writeStringField("prompt", command.template());
                json.writeEndObject();
              }));
    }
    return ExitCode.OK;
  }
}
