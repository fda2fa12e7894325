package mimo.cli.command.workflows;

import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.command.Subcommands;
import mimo.cli.error.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo workflows`: the workflows of project, user and mimo.
public final class WorkflowsCommand implements Subcommand {

  private final Subcommands commands = new Subcommands("workflows");

  public WorkflowsCommand(Setting setting) {
    commands.put("list", new WorkflowsList(setting));
    commands.put("show", new WorkflowsShow(setting));
    commands.put("check", new WorkflowsCheck(setting));
    commands.put("new", new WorkflowsNew(setting));
    commands.put("save", new WorkflowsSave(setting));
  }

  @Override
  public CommandSpec spec() {
    var spec = Options.command("workflows", "List, show, check and write workflows.");
    commands.addTo(spec);
    spec.usageMessage()
        .footer(
            "",
            "Examples:",
            "  mimo workflows list",
            "  mimo workflows new review",
            "  mimo workflows check .mimocode/workflows/review.js");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    return commands.run(words);
  }
}
