package mimo.cli.command.mcp;

import java.util.concurrent.atomic.AtomicBoolean;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo mcp serve`: mimo as a server for other programs, on standard input and output.
final class McpServe implements Subcommand {

  private final Setting setting;

  McpServe(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "serve",
            "Serve workflows and runs to other programs over MCP, on standard input and output.",
            "",
            "Other agents list and run workflows with it, watch runs, answer their questions,",
            "resume and cancel them. It opens no socket, and ends with its input: runs that work",
            "are paused then, and can be resumed.",
            "");
    spec.usageMessage()
        .footer(
            "",
            "What another program is configured with:",
            "  {\"mcpServers\": {\"mimo\": {\"command\": \"mimo\", \"args\": [\"mcp\","
                + " \"serve\"]}}}");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var stopped = new AtomicBoolean();
    var own = Thread.currentThread();
    try (var desk = setting.mcp().get();
        var _ =
            setting
                .interrupts()
                .onInterrupt(() -> {
                  stopped.set(true);
                  own.interrupt();
                })) {
      desk.serve(System.in, setting.terminal().out());
      return ExitCode.OK;
    } catch (InterruptedException signal) {
      if (stopped.get()) {
        return ExitCode.INTERRUPTED;
      }
      throw signal;
    }
  }
}
