package mimo.cli.command.extension;

import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.command.Subcommands;
import mimo.cli.error.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo commands`: the commands of repository and user.
public final class CommandsCommand implements Subcommand {

  private final Subcommands commands = new Subcommands("commands");

  public CommandsCommand(Setting setting) {
    commands.put("list", new CommandsList(setting));
    commands.put("show", new CommandsShow(setting));
  }

  @Override
  public CommandSpec spec() {
    var spec = Options.command("commands", "List and show the commands you can call here.");
    commands.addTo(spec);
    spec.usageMessage()
        .footer("", "Examples:", "  mimo commands list", "  mimo commands show review");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    return commands.run(words);
  }
}
