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

/// `mimo mcp approve`: approves tools as their server describes them now (S34).
final class McpApprove implements Subcommand {

  private final Setting setting;

  McpApprove(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "approve",
            "Approve the tools of an MCP server as they are now.",
            "",
            "A tool whose name, description or arguments change after that is disabled until you",
            "allow a call of it, or approve it again. To approve a tool allows no call by itself.",
            "");
    spec.addPositional(
        Options.several("SERVER [TOOL]", 1, "The server; then which of its tools (default all)."));
    Options.addFormat(spec);
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var given = Options.several(words);
    var name = given.getFirst();
    try (var desk = setting.mcp().get()) {
      var approved = desk.approve(name, given.subList(1, given.size()));
      if (Options.format(words) == Format.TEXT) {
        approved.forEach(tool -> setting.say(TerminalText.oneLine(McpTest.line(tool))));
        setting.say("Approved as they are now: " + approved.size());
        return ExitCode.OK;
      }
      setting.say(
          JsonText.of(json -> {
            json.writeStartObject();
            json.writeNumberField("v", 1);
            json.writeStringField("name", name);
            json.writeArrayFieldStart("approved");
            for (var tool : approved) {
              McpTest.write(json, tool);
            }
            json.writeEndArray();
            json.writeEndObject();
          }));
      return ExitCode.OK;
    }
  }
}
