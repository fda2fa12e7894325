package mimo.cli.command.extension;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import mimo.cli.extension.CommandFiles;
import mimo.cli.extension.CommandFiles.Known;
import mimo.cli.terminal.JsonText;
import mimo.cli.terminal.TerminalText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo commands list`: every command that counts here, by name.
final class CommandsList implements Subcommand {

  private static final int ABOUT_CHARS = 100;

  private final Setting setting;

  CommandsList(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var list = Options.command("list", "List the commands you can call here.");
    Options.addFormat(list);
    return list;
  }

  @Override
  public ExitCode run(ParseResult words) {
    var commands = CommandFiles.in(ExtensionSetting.grounds(setting)).all();
    switch (Options.format(words)) {
      case TEXT -> table(commands);
      case JSON ->
          setting.say(
              JsonText.of(json -> {
                json.writeStartObject();
                json.writeNumberField("v", 1);
                json.writeArrayFieldStart("commands");
                for (var command : commands) {
                  json.writeStartObject();
                  write(json, command);
                  json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
              }));
      case STREAM_JSON ->
          commands.forEach(command ->
              setting.say(
                  JsonText.of(json -> {
                    json.writeStartObject();
                    write(json, command);
                    json.writeEndObject();
                  })));
    }
    return ExitCode.OK;
  }

  private void table(List<Known> commands) {
    if (commands.isEmpty()) {
      setting.say("There are no commands here. One is a file .mimocode/commands/NAME.md.");
    }
    int width = commands.stream().mapToInt(known -> called(known).length()).max().orElse(1);
    for (var known : commands) {
      var about = TerminalText.cut(known.command().description(), ABOUT_CHARS);
      var line = ("%-" + width + "s  %-10s  %s").formatted(called(known), known.owner(), about);
      setting.say(TerminalText.oneLine(line));
    }
  }

  private static String called(Known known) {
    return ("/" + known.command().name() + " " + known.command().hint()).strip();
  }

  static void write(JsonGenerator json, Known known) throws IOException {
    var command = known.command();
    json.writeStringField("name", command.name());
    json.writeStringField("owner", known.owner());
    json.writeStringField("description", command.description());
    json.writeStringField("arguments", command.hint());
    json.writeStringField("agent", command.agent());
    json.writeStringField("model", command.model());
    json.writeStringField("file", known.file().toString());
  }
}
