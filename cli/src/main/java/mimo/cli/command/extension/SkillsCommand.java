package mimo.cli.command.extension;

import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.command.Subcommands;
import mimo.cli.error.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo skills`: the skills of repository and user.
public final class SkillsCommand implements Subcommand {

  private final Subcommands commands = new Subcommands("skills");

  public SkillsCommand(Setting setting) {
    commands.put("list", new SkillsList(setting));
    commands.put("show", new SkillsShow(setting));
  }

  @Override
  public CommandSpec spec() {
    var spec = Options.command("skills", "List and show the skills agents have here.");
    commands.addTo(spec);
    spec.usageMessage()
        .footer("", "Examples:", "  mimo skills list", "  mimo skills show pdf-forms");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    return commands.run(words);
  }
}
