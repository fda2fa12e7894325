package mimo.cli.command.mcp;

import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.Format;
import mimo.cli.terminal.JsonText;
import mimo.cli.terminal.TerminalText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo mcp show`: what is known of one server without starting it.
final class McpShow implements Subcommand {

  private final Setting setting;

  McpShow(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command("show", "Show how an MCP server is described, and what was approved.");
    spec.addPositional(Options.required("SERVER", "The server's name."));
    Options.addFormat(spec);
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) {
    try (var desk = setting.mcp().get()) {
      var line = desk.find(words.matchedPositionalValue(0, ""));
      if (Options.format(words) != Format.TEXT) {
        setting.say(JsonText.of(json -> McpList.write(json, line)));
        return ExitCode.OK;
      }
      say("server     " + line.name() + " (" + line.kind() + ", the " + line.owner() + "'s)");
      say("described  " + line.place());
      say("reached    " + line.at());
      say("state      " + line.state() + (line.why() == null ? "" : ": " + line.why()));
      say(
          "approved   "
              + (line.approved().isEmpty() ? "nothing yet" : String.join(", ", line.approved())));
      return ExitCode.OK;
    }
  }

  private void say(String line) {
    setting.say(TerminalText.oneLine(line));
  }
}
