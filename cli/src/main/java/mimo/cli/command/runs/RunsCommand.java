package mimo.cli.command.runs;

import java.util.List;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo runs`: looks at runs and takes them up again.
public final class RunsCommand implements Subcommand {

  private final RunsList list;
  private final RunsShow show;
  private final RunsResume resume;

  public RunsCommand(Setting setting) {
    this.list = new RunsList(setting);
    this.show = new RunsShow(setting);
    this.resume = new RunsResume(setting);
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "runs",
            "List, show and resume runs.",
            "",
            "A run is named by its id, or by the first digits of it that fit no other run.",
            "");
    for (var command : List.of(list, show, resume)) {
      var sub = command.spec();
      spec.addSubcommand(sub.name(), sub);
    }
    spec.usageMessage()
        .footer(
            "",
            "Examples:",
            "  mimo runs list",
            "  mimo runs show 7f3a",
            "  mimo runs resume 7f3a");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var sub = words.subcommand();
    if (sub == null) {
      throw new CommandException("usage", "mimo runs needs one of list, show, resume");
    }
    return switch (sub.commandSpec().name()) {
      case "list" -> list.run(sub);
      case "show" -> show.run(sub);
      case "resume" -> resume.run(sub);
      default -> throw new IllegalStateException("no command " + sub.commandSpec().name());
    };
  }
}
