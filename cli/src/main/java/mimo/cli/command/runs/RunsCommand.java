package mimo.cli.command.runs;

import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.command.Subcommands;
import mimo.cli.error.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo runs`: looks at runs, speaks to them and takes them up again.
public final class RunsCommand implements Subcommand {

  private final Subcommands commands = new Subcommands("runs");

  public RunsCommand(Setting setting) {
    commands.put("list", new RunsList(setting));
    commands.put("show", new RunsShow(setting));
    commands.put("watch", new RunsWatch(setting));
    commands.put("logs", new RunsLogs(setting));
    commands.put("resume", new RunsResume(setting));
    for (var wish : RunWish.values()) {
      commands.put(wish.word(), new RunsAsk(setting, wish));
    }
    commands.put("answer", new RunsAnswer(setting));
    commands.put("fork", new RunsFork(setting));
    commands.put("diff", new RunsDiff(setting));
    commands.put("export", new RunsExport(setting));
    commands.put("import", new RunsImport(setting));
    commands.put("pin", new RunsPin(setting, RunsPin.Wish.PIN));
    commands.put("unpin", new RunsPin(setting, RunsPin.Wish.UNPIN));
    commands.put("rm", new RunsRemove(setting));
    commands.put("gc", new RunsGc(setting));
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "runs",
            "List, watch, steer, resume, keep and remove runs.",
            "",
            "A run is named by its id, or by its first digits, four or more, that fit no other run."
                + " Every",
            "command works from any terminal, whichever process works on the run.",
            "");
    commands.addTo(spec);
    spec.usageMessage()
        .footer(
            "",
            "Examples:",
            "  mimo runs list --status running",
            "  mimo runs watch 7f3a",
            "  mimo runs pause 7f3a",
            "  mimo runs resume 7f3a",
            "  mimo runs resume 7f3a --continue --plan");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    return commands.run(words);
  }
}
