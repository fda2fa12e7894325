package mimo.cli.command.mcp;

import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo mcp call`: calls one tool of a server, at the user's own word.
final class McpCall implements Subcommand {

  private final Setting setting;

  McpCall(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "call",
            "Call a tool of an MCP server, and show its answer as JSON.",
            "",
            "It is you who calls: no permission is asked for, and nothing is approved.",
            "");
    spec.addPositional(
        Options.several("SERVER TOOL [JSON]", 2, "The server, its tool, and the arguments."));
    spec.usageMessage()
        .footer("", "Examples:", "  mimo mcp call memory search_nodes '{\"query\": \"cats\"}'");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var given = Options.several(words);
    if (given.size() > 3) {
      throw new CommandException(
          "usage", "mimo mcp call takes a server, a tool and one JSON object");
    }
    try (var desk = setting.mcp().get()) {
      setting.say(desk.call(given.get(0), given.get(1), given.size() > 2 ? given.get(2) : "{}"));
      return ExitCode.OK;
    }
  }
}
