package mimo.cli.command.runs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private final Map<String, Subcommand> shelf = new LinkedHashMap<>();

  public RunsCommand(Setting setting) {
    this.list = new RunsList(setting);
    this.show = new RunsShow(setting);
    this.resume = new RunsResume(setting);
    shelf.put("answer", new RunsAnswer(setting));
    shelf.put("export", new RunsExport(setting));
    shelf.put("import", new RunsImport(setting));
    shelf.put("pin", new RunsPin(setting, RunsPin.Wish.PIN));
    shelf.put("unpin", new RunsPin(setting, RunsPin.Wish.UNPIN));
    shelf.put("rm", new RunsRemove(setting));
    shelf.put("gc", new RunsGc(setting));
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "runs",
            "List, show, resume, keep and remove runs.",
            "",
            "A run is named by its id, or by the first digits of it that fit no other run.",
            "");
    for (var command : List.of(list, show, resume)) {
      var sub = command.spec();
      spec.addSubcommand(sub.name(), sub);
    }
    shelf.forEach((name, command) -> spec.addSubcommand(name, command.spec()));
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
      throw new CommandException(
          "usage",
          "mimo runs needs one of list, show, resume, " + String.join(", ", shelf.keySet()));
    }
    return switch (sub.commandSpec().name()) {
      case "list" -> list.run(sub);
      case "show" -> show.run(sub);
      case "resume" -> resume.run(sub);
      default -> Objects.requireNonNull(shelf.get(sub.commandSpec().name())).run(sub);
    };
  }
}
