package mimo.cli.command.session;

import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.command.Subcommands;
import mimo.cli.error.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo sessions`: looks after what was said to agents outside any workflow.
public final class SessionsCommand implements Subcommand {

  private final Subcommands commands = new Subcommands("sessions");

  public SessionsCommand(Setting setting) {
    commands.put("list", new SessionsList(setting));
    commands.put("show", new SessionsShow(setting));
    commands.put("export", new SessionsExport(setting));
    commands.put("import", new SessionsImport(setting));
    commands.put("fork", new SessionsFork(setting));
    commands.put("revert", new SessionsRevert(setting));
    commands.put("remove", new SessionsRemove(setting));
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "sessions",
            "List, show, carry and remove sessions.",
            "",
            "A session is what was said to an agent with mimo run. It is named by its id, or by"
                + " the",
            "first digits of it that fit no other session.",
            "");
    commands.addTo(spec);
    spec.usageMessage()
        .footer(
            "",
            "Examples:",
            "  mimo sessions list",
            "  mimo sessions show 7f3a",
            "  mimo run --session 7f3a \"and the tests?\" --model offline");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    return commands.run(words);
  }
}
