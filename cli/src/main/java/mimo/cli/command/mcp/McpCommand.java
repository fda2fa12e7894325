package mimo.cli.command.mcp;

import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.command.Subcommands;
import mimo.cli.error.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo mcp`: MCP servers.
public final class McpCommand implements Subcommand {

  private final Subcommands commands = new Subcommands("mcp");

  public McpCommand(Setting setting) {
    commands.put("list", new McpList(setting));
    commands.put("show", new McpShow(setting));
    commands.put("test", new McpTest(setting));
    commands.put("approve", new McpApprove(setting));
    commands.put("call", new McpCall(setting));
    commands.put("serve", new McpServe(setting));
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "mcp",
            "Use MCP servers, and be one.",
            "",
            "Agents reach the tools of MCP servers by their tool `tools`; each call is asked for",
            "unless a rule allows it. Servers stand in mcp of the configuration, in .mcp.json of",
            "a repository you trust, or in .mcp.json beside your configuration.",
            "");
    commands.addTo(spec);
    spec.usageMessage()
        .footer(
            "",
            "Examples:",
            "  mimo mcp list",
            "  mimo mcp test memory",
            "  mimo mcp approve memory",
            "  mimo mcp serve");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    return commands.run(words);
  }
}
